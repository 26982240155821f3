using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public sealed class SetZswapTests : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public SetZswapTests()
    {
        Parameter("enabled", "N");
        Parameter("compressor", "lzo");
        Parameter("max_pool_percent", "20");
    }

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void What_is_set_beside_it_is_set_before_it_is_switched_on()
    {
        using RecordingShell shell = Run(new SetZswapCommand { Enabled = true, Compressor = "zstd", MaxPoolPercent = 30 });

        Assert.Empty(shell.Errors);
        Assert.Equal(["compressor", "max_pool_percent", "enabled"], shell.Questions.Select(question => Path.GetFileName(question.Split(' ')[0])));
        Assert.Equal(("Y", "zstd", "30"), (Parameter("enabled"), Parameter("compressor"), Parameter("max_pool_percent")));
    }

    [Fact]
    public void Persisted_parameters_are_lines_of_tmpfiles()
    {
        using SetZswapCommand command = new() { Enabled = true };
        command.Switches.Add(nameof(command.Persist));
        using RecordingShell shell = Run(command);

        Assert.Contains("w! /sys/module/zswap/parameters/enabled - - - - Y\n", _tree.Read("etc/tmpfiles.d/linuxmemory.conf"), StringComparison.Ordinal);
        Assert.Equal("Y", BootPlan.Read(_tree.Machine).For("zswap.enabled").Value);
    }

    [Fact]
    public void Zram_beside_it_is_warned_of()
    {
        _tree.Write("proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n/dev/zram0 partition 65532 0 100\n");

        using RecordingShell shell = Run(new SetZswapCommand { Enabled = true });

        Assert.Contains("compressed twice", Assert.Single(shell.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_set_and_no_zswap_are_errors()
    {
        using RecordingShell nothing = Run(new SetZswapCommand());
        using RecordingShell absent = Run(new SetZswapCommand { ShrinkerEnabled = true });

        Assert.Equal(ErrorIds.SettingValueInvalid, Assert.Single(nothing.Errors).Id);
        Assert.Equal(ErrorIds.SettingNotFound, Assert.Single(absent.Errors).Id);
    }

    private RecordingShell Run(SetZswapCommand command)
    {
        RecordingShell shell = new();
        command.WorkOn(_tree.Machine);
        CmdletRun.Run(command, shell);
        return shell;
    }

    private void Parameter(string name, string value) => _tree.Write($"sys/module/zswap/parameters/{name}", value + "\n");

    private string Parameter(string name) => _tree.Read($"sys/module/zswap/parameters/{name}").TrimEnd();
}
