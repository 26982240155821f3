using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

[Trait("Category", "Live")]
[Collection(nameof(StartsProcesses))]
public sealed class LiveZramTests
{
    private const long Size = 48 << 20;

    [Fact]
    public void Swap_on_a_new_device_is_made_shown_removed_and_made_again()
    {
        Require();
        IReadOnlyList<string> before = ZramDevice.Names(Machine.Live);
        // Without a device nothing tells what is offered; lzo is not in every kernel since 6.12.
        string? algorithm = ZramDevice.AllAlgorithms(Machine.Live) is { Count: > 0 } offered ? offered[^1] : null;
        PlannedChange made = ZramSwapCreation.Plan(Machine.Live, Size, algorithm, 50, 32 << 20).Apply(Machine.Live);
        try
        {
            string name = Assert.Single(ZramDevice.Names(Machine.Live).Except(before));
            ZramDevice device = ZramDevice.Read(Machine.Live, name);
            Assert.True(device is { IsSwap: true, DiskSize: Size, MemLimit: 32 << 20 }, $"{device}");
            Assert.Equal(algorithm ?? device.Algorithm, device.Algorithm);
            Assert.Equal((50, Size - Machine.Live.Calls.PageSize), (Area(name)!.Priority, Area(name)!.Size));
            Assert.Contains(((ZramSwapCreation)made).Uuid, Live.Run("swaplabel", device.Path).Output, StringComparison.Ordinal);

            PlannedChange removed = ZramSwapRemoval.Plan(Machine.Live, name, skipsFit: false).Apply(Machine.Live);
            Assert.Null(removed.NewValue);
            Assert.Equal(before, ZramDevice.Names(Machine.Live));

            made = removed.Reverse!.Apply(Machine.Live);
            Assert.True(ZramDevice.Read(Machine.Live, Assert.Single(ZramDevice.Names(Machine.Live).Except(before))) is { IsSwap: true, DiskSize: Size, MemLimit: 32 << 20 });
        }
        finally
        {
            made.Reverse!.Apply(Machine.Live);
        }
        Assert.Equal(before, ZramDevice.Names(Machine.Live));
    }

    [Fact]
    public void A_plan_makes_no_device_and_what_the_kernel_refuses_leaves_none()
    {
        Require();
        IReadOnlyList<string> before = ZramDevice.Names(Machine.Live);

        ZramSwapCreation plan = ZramSwapCreation.Plan(Machine.Live, Size, "nonsense", 50, null);
        Assert.Equal(before, ZramDevice.Names(Machine.Live));

        Assert.Equal(Errno.EINVAL, Assert.ThrowsAny<KernelException>(() => plan.Apply(Machine.Live)).Errno);
        Assert.Equal(before, ZramDevice.Names(Machine.Live));
    }

    private static ActiveSwap? Area(string name) => SwapsFile.Read(Machine.Live).FirstOrDefault(area => area.Path == "/dev/" + name);

    private static void Require()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        Assert.SkipUnless(Machine.Live.Exists("sys/class/zram-control"), "this kernel has no zram, or its module is not loaded");
    }
}
