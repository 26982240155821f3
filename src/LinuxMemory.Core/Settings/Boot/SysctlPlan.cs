using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What sysctl.d makes of proc/sys, as one of the two programs reads it.</summary>
internal sealed class SysctlPlan
{
    /// <summary>The file that only sysctl --system reads by itself, and last.</summary>
    public const string OldFile = "etc/sysctl.conf";

    private readonly List<SysctlLine> _applied;
    private readonly bool _isSystemd;

    private SysctlPlan(List<SysctlLine> lines, bool isSystemd)
    {
        Lines = lines;
        _isSystemd = isSystemd;
        _applied = isSystemd ? Deduplicated(lines) : lines.FindAll(line => line.MaskedBy is null);
    }

    /// <summary>Every line of every file in the order in which files are read, those of masked files too.</summary>
    public IReadOnlyList<SysctlLine> Lines { get; }

    /// <summary>
    /// As systemd-sysctl: a later line for a key replaces the earlier one, "-key" takes it away, and a pattern does not touch a
    /// key that has a line of its own. Source: sysctl.c of systemd.
    /// </summary>
    public static SysctlPlan Systemd(ConfigurationFiles files) =>
        new(Read(files, withHidden: false), isSystemd: true);

    /// <summary>
    /// As sysctl --system of procps 4: all lines in their order, /etc/sysctl.conf last, hidden files too; "-key" stops patterns
    /// only, and not "key = value". Source: sysctl.c of procps, and trials with 4.0.2.
    /// </summary>
    public static SysctlPlan Procps(ConfigurationFiles files)
    {
        List<SysctlLine> lines = Read(files, withHidden: true);
        using KernelReader? last = files.Open(OldFile);
        if (last is not null)
        {
            lines.AddRange(SysctlFile.Parse(last));
        }
        return new SysctlPlan(lines, isSystemd: false);
    }

    /// <summary>The lines that write a key, with their place in the whole order; the last decides.</summary>
    public IEnumerable<(int Order, SysctlLine Line)> WritesOf(string key)
    {
        bool hasOwnLine = _applied.Exists(line => (_isSystemd ? line.Key : line.RawKey) == key);
        for (int i = 0; i < _applied.Count; i++)
        {
            SysctlLine line = _applied[i];
            if (line.Value is not null && (line.IsPattern ? !hasOwnLine && PathPattern.Matches(line.Key, key) : line.Key == key))
            {
                yield return (i, line);
            }
        }
    }

    /// <summary>All lines that name a key or match it, whether they count or not.</summary>
    public IEnumerable<SysctlLine> LinesOf(string key) =>
        Lines.Where(line => line.Key == key || (line.IsPattern && PathPattern.Matches(line.Key, key)));

    private static List<SysctlLine> Read(ConfigurationFiles files, bool withHidden)
    {
        List<SysctlLine> lines = [];
        foreach (ConfigurationFile file in files.List("sysctl.d", withHidden))
        {
            using KernelReader? reader = files.Open(file.Path);
            if (reader is not null)
            {
                lines.AddRange(SysctlFile.Parse(reader, file.MaskedBy));
            }
        }
        return lines;
    }

    // A repeated key moves to the end; one with the same value stays where it was.
    private static List<SysctlLine> Deduplicated(List<SysctlLine> lines)
    {
        LinkedList<SysctlLine> kept = [];
        Dictionary<string, LinkedListNode<SysctlLine>> byKey = new(StringComparer.Ordinal);
        foreach (SysctlLine line in lines.Where(line => line.MaskedBy is null))
        {
            if (byKey.TryGetValue(line.Key, out LinkedListNode<SysctlLine>? earlier))
            {
                if (earlier.Value.Value == line.Value)
                {
                    continue;
                }
                kept.Remove(earlier);
            }
            byKey[line.Key] = kept.AddLast(line);
        }
        return [.. kept];
    }
}
