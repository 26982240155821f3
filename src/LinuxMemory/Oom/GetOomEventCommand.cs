using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-OomEvent: who was killed for memory and why, from the ring buffer, the journal and log files, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "OomEvent")]
[OutputType(typeof(OomEvent))]
public sealed class GetOomEventCommand : MemoryCmdlet
{
    private const int MostGroups = 5;

    private readonly List<string> _files = [];
    private readonly Dictionary<string, long> _kills = [];
    private int _undated;

    /// <summary>Logs to read in place of the machine's own; wildcards are permitted. Files packed by gzip are unpacked, and parts of rotated logs are read in their order.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LogPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Only events at this time or later. A time before the machine started asks for the logs of earlier starts, too.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>Only events at this time or earlier.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (string path in Path ?? [])
        {
            IReadOnlyList<string> found = PathList.Expand(Shell.ResolvePath(path));
            _files.AddRange(found);
            if (found.Count == 0)
            {
                Shell.Verbose($"No file has a name like {path}.");
            }
        }
    }

    /// <inheritdoc />
    protected override void End()
    {
        bool isOwn = Path is null;
        IEnumerable<OomEvent> events = isOwn ? OomEvents.Read(Machine, Moment(After), Skip) : OomEvents.ReadFiles(Machine, _files, Report, Doubt);
        DateTimeOffset? boot = isOwn ? BootTime.Read(Machine) : null;
        foreach (OomEvent found in events)
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            if (boot is null || found.Time is null || found.Time >= boot.Value.AddSeconds(-1))
            {
                _kills[found.TaskCgroup ?? ""] = _kills.GetValueOrDefault(found.TaskCgroup ?? "") + found.CountedKills;
            }
            if (IsWanted(found))
            {
                Shell.Write(found);
            }
        }
        if (_undated > 0)
        {
            Shell.Warn($"{_undated} events of unknown time were left out: their log counts from a start of the machine that nothing dates. Without -After and -Before they are shown.");
        }
        if (isOwn && After is null && Before is null)
        {
            WarnOfMissing();
        }
    }

    private bool IsWanted(OomEvent found)
    {
        if (found.Time is null && (After ?? Before) is not null)
        {
            _undated++;
            return false;
        }
        return (After is null || found.Time >= Moment(After)) && (Before is null || found.Time <= Moment(Before));
    }

    private void WarnOfMissing()
    {
        if (OomKillCount.Read(Machine, _kills) is { Missing: > 0 } count)
        {
            string groups = string.Join(", ", count.Groups.OrderByDescending(group => group.Value).Take(MostGroups).Select(group => $"{Display.Text(group.Key)} {group.Value}"));
            Shell.Warn($"The kernel counts {count.Counted} kills since the machine started and the logs show {count.Logged}: {count.Missing} are in no log that can be read"
                + $"{(groups.Length > 0 ? $". By group: {groups}" : "")}.");
        }
    }

    private void Report(string path, Exception e) => PerItem(path, () => throw e);

    private void Doubt(string path, long lines) =>
        Shell.Warn($"{path}: no event, although {(lines == 1 ? "1 line speaks" : $"{lines} lines speak")} of a kill: nothing there shows that the kernel wrote it. "
            + "Logs of the kernel, of syslog, of the journal and of dmesg are read; take away what stands before their lines.");

    private void Skip(string path, Exception e)
    {
        if (e is KernelException { IsAbsent: true })
        {
            Shell.Verbose(e.Message);
        }
        else
        {
            Shell.Warn($"Left out: {ErrorRecords.From(e, path, Shell).Message}");
        }
    }

    // PowerShell binds a time without a zone as a local one.
    private static DateTimeOffset? Moment(DateTime? time) => time is DateTime given ? new DateTimeOffset(given.ToUniversalTime(), TimeSpan.Zero) : null;
}
