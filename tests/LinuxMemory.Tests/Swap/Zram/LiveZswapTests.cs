using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

[Trait("Category", "Live")]
public sealed class LiveZswapTests
{
    [Fact]
    public void The_kernel_takes_the_values_and_gives_them_back()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        Assert.SkipUnless(Machine.Live.Exists("sys/module/zswap/parameters/enabled"), "this kernel has no zswap");
        Zswap before = Zswap.Read(Machine.Live);
        try
        {
            using RecordingShell shell = Run(new SetZswapCommand { Enabled = !before.Enabled, MaxPoolPercent = 33 });

            Assert.Empty(shell.Errors);
            Assert.True(Zswap.Read(Machine.Live) is { MaxPoolPercent: 33 } now && now.Enabled == !before.Enabled);
        }
        finally
        {
            Run(new SetZswapCommand { Enabled = before.Enabled, MaxPoolPercent = (int?)before.MaxPoolPercent }).Dispose();
        }
        // The kernel has numbers of what it stores only since it was first switched on.
        Zswap after = Zswap.Read(Machine.Live);
        Assert.Equal((before.Enabled, before.Compressor, before.MaxPoolPercent, before.PoolLimit), (after.Enabled, after.Compressor, after.MaxPoolPercent, after.PoolLimit));
    }

    [Fact]
    public void A_compressor_that_the_kernel_lacks_is_refused()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        Assert.SkipUnless(Machine.Live.Exists("sys/module/zswap/parameters/enabled"), "this kernel has no zswap");
        string? before = Zswap.Read(Machine.Live).Compressor;

        using RecordingShell shell = Run(new SetZswapCommand { Compressor = "nonsense" });

        Assert.Equal(ErrorIds.SettingValueInvalid, Assert.Single(shell.Errors).Id);
        Assert.Equal(before, Zswap.Read(Machine.Live).Compressor);
    }

    private static RecordingShell Run(SetZswapCommand command)
    {
        RecordingShell shell = new();
        CmdletRun.Run(command, shell);
        command.Dispose();
        return shell;
    }
}
