using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// What a machine's configuration makes of its settings at the next boot: the kernel command line (taken to be the same again),
/// then sysctl.d, then tmpfiles.d, then tuned. It reads files only and asks no program.
/// </summary>
public sealed class BootPlan
{
    private readonly ConfigurationFiles _files;
    private readonly string _commandLine;
    private readonly string _oldFile;
    private readonly IReadOnlyList<CommandLineSetting> _parameters;
    private readonly SysctlPlan _sysctl;
    private readonly SysctlPlan _procps;
    private readonly TmpfilesPlan _tmpfiles;
    private readonly IReadOnlyList<TunedLine> _tuned;
    private readonly bool _readsOldFile;
    private readonly IReadOnlyList<SysctlLine> _reapplied;

    private BootPlan(Machine machine, ConfigurationFiles files)
    {
        _files = files;
        _commandLine = machine.Locate(KernelCommandLine.Path);
        _oldFile = machine.Locate(SysctlPlan.OldFile);
        _parameters = KernelCommandLine.Settings(machine);
        UsesSystemd = HasSystemd(machine);
        _procps = SysctlPlan.Procps(files);
        _sysctl = UsesSystemd ? SysctlPlan.Systemd(files) : _procps;
        _readsOldFile = !UsesSystemd || LinksOldFile(machine);
        _tmpfiles = TmpfilesPlan.Read(files);
        _tuned = TunedProfile.Read(machine, files);
        _reapplied = _tuned.Count > 0 && TunedProfile.ReappliesSysctl(files)
            ? [.. _procps.Lines.Where(line => line.MaskedBy is null && IsReapplied(machine, line.File))]
            : [];
    }

    /// <summary>True when systemd-sysctl sets sysctl.d at boot; otherwise sysctl --system does.</summary>
    public bool UsesSystemd { get; }

    /// <summary>Files that may set something and could not be read, absolute; usually empty.</summary>
    public IReadOnlyList<string> Unreadable => [.. _files.Unreadable.Distinct(StringComparer.Ordinal)];

    /// <summary>Reads a machine's configuration.</summary>
    public static BootPlan Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return new BootPlan(machine, new ConfigurationFiles(machine));
    }

    /// <summary>The same as if a file (its path from the root) had the given bytes.</summary>
    internal static BootPlan Read(Machine machine, string path, byte[]? bytes) => new(machine, new ConfigurationFiles(machine, path, bytes));

    /// <summary>What becomes of a setting.</summary>
    public BootOutcome For(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        List<BootWrite> writes = WithTwin(name, WritesOf);
        BootWrite? last = writes.Count == 0 ? null : writes[^1];
        string key = SysctlKey(name);
        List<BootWrite> procps = WithTwin(name, other => SysctlWrites(_procps, other));
        return new BootOutcome
        {
            Value = last is null || last.IsComputed ? null : last.Value,
            Winner = last?.Source(SettingSourceState.Wins),
            Sources = SourcesOf(name, key, last),
            SysctlSystemValue = procps.Count == 0 ? null : procps[^1].Value,
        };
    }

    private static string SysctlKey(string name) => SettingName.IsSysctl(name) ? SettingName.Swap(name) : "";

    // Setting one of a pair turns the other off, so the other's lines are writes of 0.
    private static List<BootWrite> WithTwin(string name, Func<string, IEnumerable<BootWrite>> writesOf)
    {
        List<BootWrite> writes = [.. writesOf(name)];
        if (SettingTwin.Of(name) is string twin)
        {
            writes.AddRange(writesOf(twin).Where(write => SettingTwin.TurnsOff(twin, write.Value))
                .Select(write => write with { Value = "0", Note = $"sets {twin}, which turns {name} off" }));
            writes.Sort((a, b) => (a.Stage, a.Order).CompareTo((b.Stage, b.Order)));
        }
        return writes;
    }

    private IEnumerable<BootWrite> WritesOf(string name)
    {
        string path = SettingName.ToPath(name);
        string key = SysctlKey(name);
        IEnumerable<BootWrite> commandLine = _parameters.Where(parameter => parameter.Name == name)
            .Select((parameter, order) => new BootWrite(BootStage.KernelCommandLine, order, _commandLine, 1, parameter.Value));
        IEnumerable<BootWrite> tmpfiles = _tmpfiles.WritesOf(path)
            .Select(write => new BootWrite(BootStage.Tmpfiles, write.Order, write.Line.File, write.Line.Line, write.Line.Value.TrimEnd('\n')));
        IEnumerable<BootWrite> tuned = _tuned.Select((line, order) => (line, order)).Where(write => PathPattern.Matches(write.line.Path, path))
            .Select(write => new BootWrite(BootStage.Tuned, write.order, write.line.File, write.line.Line, write.line.Value) { IsComputed = write.line.IsComputed });
        IEnumerable<BootWrite> reapplied = _reapplied.Select((line, order) => (line, order)).Where(write => write.line.Key == key && write.line.Value is not null)
            .Select(write => new BootWrite(BootStage.Reapplied, write.order, write.line.File, write.line.Line, write.line.Value!) { Note = "tuned applies it again after its profile" });
        return [.. commandLine, .. SysctlWrites(_sysctl, name), .. tmpfiles, .. tuned, .. reapplied];
    }

    private static IEnumerable<BootWrite> SysctlWrites(SysctlPlan plan, string name) => plan.WritesOf(SysctlKey(name))
        .Select(write => new BootWrite(BootStage.Sysctl, write.Order, write.Line.File, write.Line.Line, write.Line.Value!));

    private List<SettingSource> SourcesOf(string name, string key, BootWrite? winner)
    {
        List<SettingSource> sources = [];
        void Add(SettingSourceKind kind, string file, int line, string? value, string? maskedBy)
        {
            bool wins = winner is not null && winner.File == file && winner.Line == line && maskedBy is null && winner.Value == value?.TrimEnd('\n');
            sources.Add(new SettingSource
            {
                Kind = kind,
                File = file,
                Line = line,
                Value = value,
                State = wins ? SettingSourceState.Wins : maskedBy is null ? SettingSourceState.Overridden : SettingSourceState.Masked,
                Note = wins ? winner!.Note : maskedBy is null ? null : $"hidden by {maskedBy}",
            });
        }
        foreach (CommandLineSetting parameter in _parameters.Where(parameter => parameter.Name == name))
        {
            Add(SettingSourceKind.KernelCommandLine, _commandLine, 1, parameter.Value, null);
        }
        foreach (SysctlLine line in _sysctl.LinesOf(key))
        {
            Add(SettingSourceKind.Sysctl, line.File, line.Line, line.Value, line.MaskedBy);
        }
        foreach (TmpfilesLine line in _tmpfiles.LinesOf(SettingName.ToPath(name)))
        {
            Add(SettingSourceKind.Tmpfiles, line.File, line.Line, line.Value, line.MaskedBy);
        }
        foreach (TunedLine line in _tuned.Where(line => PathPattern.Matches(line.Path, SettingName.ToPath(name))))
        {
            Add(SettingSourceKind.Tuned, line.File, line.Line, line.Value, null);
        }
        sources.AddRange(_readsOldFile ? [] : _procps.LinesOf(key).Where(line => line.File == _oldFile).Select(OnlyProcps));
        if (winner is not null && !sources.Exists(source => source.State == SettingSourceState.Wins))
        {
            sources.Add(winner.Source(SettingSourceState.Wins));
        }
        return sources;
    }

    private static SettingSource OnlyProcps(SysctlLine line) => new()
    {
        Kind = SettingSourceKind.Sysctl,
        File = line.File,
        Line = line.Line,
        Value = line.Value,
        State = SettingSourceState.NotAtBoot,
        Note = "read by sysctl --system, and not by systemd-sysctl",
    };

    private static bool HasSystemd(Machine machine) =>
        machine.Exists("usr/lib/systemd/systemd-sysctl") || machine.Exists("lib/systemd/systemd-sysctl")
        || !(machine.Exists("usr/sbin/sysctl") || machine.Exists("sbin/sysctl"));

    private static bool LinksOldFile(Machine machine)
    {
        try
        {
            return machine.ReadLink("etc/sysctl.d/99-sysctl.conf").EndsWith("/sysctl.conf", StringComparison.Ordinal);
        }
        catch (KernelException)
        {
            return false;
        }
    }

    // tuned looks into these places only.
    private static bool IsReapplied(Machine machine, string file) =>
        file == machine.Locate(SysctlPlan.OldFile)
        || file.StartsWith(machine.Locate("etc/sysctl.d/"), StringComparison.Ordinal)
        || file.StartsWith(machine.Locate("run/sysctl.d/"), StringComparison.Ordinal);
}
