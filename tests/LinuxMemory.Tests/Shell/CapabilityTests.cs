using LinuxMemory.Commands;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public class CapabilityTests
{
    [Fact]
    public void A_process_that_hidepid_hides_is_opened_by_ptrace() =>
        Assert.Contains("CAP_SYS_PTRACE", Capability.For(new KernelException(Errno.EPERM, "open", "/proc/4212")), StringComparison.Ordinal);

    [Theory]
    [InlineData("create a file in")]
    [InlineData("mkdir")]
    [InlineData("open")]
    public void What_is_denied_in_the_root_directory_has_an_answer_too(string operation) =>
        Assert.Contains("CAP_DAC_", Capability.For(new KernelException(Errno.EACCES, operation, "/")), StringComparison.Ordinal);
}
