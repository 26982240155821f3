using LinuxMemory.Commands;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public class CapabilityTests
{
    [Theory]
    [InlineData("create a file in")]
    [InlineData("mkdir")]
    [InlineData("open")]
    public void What_is_denied_in_the_root_directory_has_an_answer_too(string operation) =>
        Assert.Contains("CAP_DAC_", Capability.For(new KernelException(Errno.EACCES, operation, "/")), StringComparison.Ordinal);
}
