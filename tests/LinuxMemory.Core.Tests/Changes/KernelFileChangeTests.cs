using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public sealed class KernelFileChangeTests : IDisposable
{
    private const string File = "proc/sys/vm/swappiness";
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Writes_reads_back_and_knows_the_way_back()
    {
        _tree.Write(File, "60\n");

        PlannedChange planned = KernelFileChange.Plan(_tree.Machine, File, "vm.swappiness", "10");
        PlannedChange done = planned.Apply(_tree.Machine);

        Assert.Equal("Change vm.swappiness from 60 to 10", planned.Action);
        Assert.Equal(("60", "10"), (done.OldValue, done.NewValue));
        Assert.Equal("60", done.Reverse!.Apply(_tree.Machine).NewValue);
    }

    [Theory]
    [InlineData("always [madvise] never\n", "madvise")]
    [InlineData("256\t256\t32\n", "256 256 32")]
    public void Values_are_what_the_kernel_selected(string text, string value) => Assert.Equal(value, KernelValue.Of(text));

    [Theory]
    [InlineData("256\t32", "256 32", true)]
    [InlineData("0x0007", "7", true)]
    [InlineData("Y", "1", true)]
    [InlineData("10", "11", false)]
    [InlineData(null, "0", false)]
    [InlineData(null, null, true)]
    public void Values_are_the_same_when_the_kernel_takes_them_for_the_same(string? one, string? other, bool same) =>
        Assert.Equal(same, KernelValue.AreSame(one, other));

    [Fact]
    public void A_tree_without_a_kernel_refuses()
    {
        _tree.Write(File, "60\n");
        Machine image = Machine.At(_tree.Root);

        Assert.Throws<NeedsLiveMachineException>(() => image.Write(File, "10\n"));
        Assert.Equal("60\n", _tree.Read(File));
    }

    [Theory]
    [InlineData("proc/sys/vm/../../../etc/passwd")]
    [InlineData("proc/sys/vm/swappiness\nkernel.x")]
    public void Names_that_try_to_escape_are_refused(string path) =>
        Assert.Equal(Errno.EINVAL, Assert.Throws<KernelException>(() => _tree.Machine.Write(path, "1\n")).Errno);
}
