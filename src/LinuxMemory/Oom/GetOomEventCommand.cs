using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-OomEvent: who was killed for memory and why, from the ring buffer, the journal and log files, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "OomEvent")]
[OutputType(typeof(OomEvent))]
public sealed class GetOomEventCommand : MemoryCmdlet
{
    private const int MostGroups = 5;

    private const string Piped = "pipeline";

    private readonly List<string> _files = [];
    private readonly List<string> _unknown = [];
    private readonly Dictionary<string, long> _kills = [];
    private OomLogLines? _lines;
    private int _undated;

    /// <summary>
    /// Logs to read in place of the machine's own; wildcards are permitted. Files packed by gzip are unpacked, and parts of rotated
    /// logs are read in their order. From the pipeline also the lines of a log.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LogPath")]
    [ValidateNotNull]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Only events at this time or later. A time before the machine started asks for the logs of earlier starts, too.</summary>
    [Parameter]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only events at this time or earlier.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (string path in Path ?? [])
        {
            if (path.Length == 0)
            {
                // A blank line of a log; by itself it names nothing.
                PerItem(path, () => RequireLines());
                continue;
            }
            if (_lines is null && IsLine(path))
            {
                // What came before it and names no file is of the same log.
                _files.RemoveAll(file => !File.Exists(file));
                WriteAll(_unknown.SelectMany(_lines!.Add));
            }
            if (_lines is not null)
            {
                WriteAll(_lines.Add(path));
                continue;
            }
            IReadOnlyList<string> found = PathList.Expand(Shell.ResolvePath(path));
            _files.AddRange(found);
            if (!found.Any(File.Exists))
            {
                _unknown.Add(path);
            }
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
        DateTimeOffset? boot = isOwn ? BootTime.Read(Machine) : null;
        if (_lines is not null)
        {
            WriteAll(_lines.End());
            if (_lines.Doubtful > 0 && _kills.Count == 0)
            {
                Doubt(Piped, _lines.Doubtful);
            }
        }
        WriteAll(isOwn ? OomEvents.Read(Machine, After, Skip) : OomEvents.ReadFiles(Machine, _files, Report, Doubt), boot);
        if (_undated > 0)
        {
            Shell.Warn($"{_undated} events of unknown time were left out: their log counts from a start of the machine that nothing dates. Without -After and -Before they are shown.");
        }
        if (isOwn && After is null && Before is null)
        {
            WarnOfMissing();
        }
    }

    private void RequireLines()
    {
        if (_lines is null)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.InputObjectInvalid, ErrorCategory.InvalidArgument, "An empty path names no log.", ""));
        }
    }

    // "dmesg | Get-OomEvent": the first line decides. No file is called so, and few have three blanks in their names.
    private bool IsLine(string text)
    {
        OomLogLines lines = new(Machine, Piped);
        bool isOne = lines.IsLine(text) ? !File.Exists(text) : IsOfNoDrive(text) || (text.AsSpan().Count(' ') > 2 && !PathList.Expand(Shell.ResolvePath(text)).Any(File.Exists));
        _lines = isOne ? lines : null;
        return isOne;
    }

    // "eth0: link is up": PowerShell would look for a drive.
    private static bool IsOfNoDrive(string text) => text.IndexOf(": ", StringComparison.Ordinal) is > 0 and int colon && !text.AsSpan(0, colon).Contains('/');

    private void WriteAll(IEnumerable<OomEvent> events, DateTimeOffset? boot = null)
    {
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
    }

    private bool IsWanted(OomEvent found)
    {
        if (found.Time is null && (After ?? Before) is not null)
        {
            _undated++;
            return false;
        }
        return (After is null || found.Time >= After) && (Before is null || found.Time <= Before);
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

    private void Report(string path, Exception e) => PerItem(path, () => throw (e is KernelException { Errno: Errno.EISDIR }
        ? new MemoryErrorException(ErrorRecords.Make(ErrorIds.KernelRefused, ErrorCategory.InvalidArgument, $"{path} is a directory. Give the logs in it, such as {path.TrimEnd('/')}/*.log.", path, e))
        : e));

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
}
