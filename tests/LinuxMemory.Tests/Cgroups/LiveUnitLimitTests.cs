using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

/// <summary>Lasting limits of units of the test's own, beside those of a twin whose limits systemctl sets.</summary>
[Trait("Category", "Live")]
public sealed class LiveUnitLimitTests : IDisposable
{
    private const int MiB = 1 << 20;
    private const string Units = "/run/systemd/system";
    private const string Control = "/etc/systemd/system.control";

    private static readonly string[] Properties = ["MemoryMin", "MemoryLow", "MemoryHigh", "MemoryMax", "MemorySwapMax"];
    private static readonly string[] Files = ["memory.min", "memory.low", "memory.high", "memory.max", "memory.swap.max"];

    private readonly string _ours = $"linuxmemory-test-{Environment.ProcessId}-ours.service";
    private readonly string _twin = $"linuxmemory-test-{Environment.ProcessId}-twin.service";
    private bool _isMade;

    public void Dispose()
    {
        if (!_isMade)
        {
            return;
        }
        Live.Run("systemctl", "stop", _ours, _twin);
        foreach (string unit in new[] { _ours, _twin })
        {
            File.Delete(Path.Join(Units, unit));
            if (Directory.Exists(DropIns(unit)))
            {
                Directory.Delete(DropIns(unit), recursive: true);
            }
        }
        Live.Run("systemctl", "daemon-reload");
    }

    [Fact]
    public void Lasting_limits_are_written_as_systemctl_writes_them_and_systemd_takes_them()
    {
        Make();

        using RecordingShell shell = Set(new() { Path = ["system.slice/" + _ours], Min = MiB, Low = 2 * MiB, High = 99_999_999, Max = 128 * MiB, SwapMax = 64 * MiB, Switches = { "Persist", "PassThru" } });
        Systemctl("set-property", _twin, "MemoryMin=1M", "MemoryLow=2M", "MemoryHigh=99999999", "MemoryMax=128M", "MemorySwapMax=64M");

        Assert.Empty(shell.Errors);
        Assert.Equal(Text(_twin), Text(_ours));
        Assert.Equal(Properties.Length, Text(_ours).Count);
        Assert.Equal(Running(_twin), Running(_ours));
        Systemctl("daemon-reload");
        Assert.Equal(Known(_twin), Known(_ours));
        Systemctl("restart", _ours);
        Assert.Equal(Running(_twin), Running(_ours));

        using RecordingShell lifted = Set(new() { Path = ["system.slice/" + _ours], Low = 0, Max = CgroupValueFile.Unlimited, Switches = { "Persist" } });
        Systemctl("set-property", _twin, "MemoryLow=0", "MemoryMax=infinity");
        Assert.Empty(lifted.Errors);
        Assert.Equal(Text(_twin), Text(_ours));
        Assert.Equal(Running(_twin), Running(_ours));
        Systemctl("daemon-reload");
        Assert.Equal(Known(_twin), Known(_ours));
    }

    [Fact]
    public void A_lasting_limit_that_is_taken_back_leaves_no_file()
    {
        Make();
        using RecordingShell shell = Set(new() { Path = ["system.slice/" + _ours], High = 128 * MiB, Switches = { "Persist", "PassThru" } });
        Assert.Empty(shell.Errors);
        Assert.Single(Text(_ours));

        using UndoMemoryChangeCommand undo = new() { Id = [.. shell.Output.OfType<MemoryChange>().Select(change => change.Id)] };
        Assert.Empty(CmdletRun.Run(undo).Errors);

        Assert.Empty(Text(_ours));
        Assert.Equal("max", Running(_ours)["memory.high"]);
        Systemctl("daemon-reload");
        Assert.Contains("MemoryHigh=infinity", Known(_ours), StringComparison.Ordinal);
    }

    private void Make()
    {
        Assert.SkipWhen(OwnCgroup.Obstacle is not null, OwnCgroup.Obstacle ?? "");
        Assert.SkipUnless(Directory.Exists(Units), "systemd does not run here");
        using OwnCgroup group = new();
        Assert.SkipUnless(group.Version == 2, "cgroups account memory in version 1 here");
        _isMade = true;
        foreach (string unit in new[] { _ours, _twin })
        {
            File.WriteAllText(Path.Join(Units, unit), "[Service]\nExecStart=/bin/sleep infinity\n");
        }
        Systemctl("daemon-reload");
        Systemctl("start", _ours, _twin);
    }

    private static void Systemctl(params string[] arguments)
    {
        (int code, string output) = Live.Run("systemctl", arguments);
        Assert.True(code == 0, output);
    }

    private static string DropIns(string unit) => Path.Join(Control, unit + ".d");

    // The drop-ins of a unit by their names, without the unit's own name.
    private static Dictionary<string, string> Text(string unit) => Directory.Exists(DropIns(unit))
        ? Directory.GetFiles(DropIns(unit)).Order(StringComparer.Ordinal).ToDictionary(path => Path.GetFileName(path), File.ReadAllText)
        : [];

    private static string Known(string unit) => Live.Run("systemctl", ["show", unit, .. Properties.Select(property => "--property=" + property)]).Output;

    private static Dictionary<string, string> Running(string unit) =>
        Files.ToDictionary(file => file, file => File.ReadAllText($"/sys/fs/cgroup/system.slice/{unit}/{file}").Trim());

    private static RecordingShell Set(SetCgroupMemoryLimitCommand command)
    {
        using (command)
        {
            return CmdletRun.Run(command);
        }
    }
}
