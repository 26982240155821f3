namespace LinuxMemory;

/// <summary>Mappings of two lists that are the same one, before and after; one side is empty for what has no counterpart.</summary>
internal sealed record MappingMatch(List<ProcessMemoryMapEntry> Before, List<ProcessMemoryMapEntry> After)
{
    /// <summary>Puts together what overlaps and has the same file or name; sorts both lists.</summary>
    public static IEnumerable<MappingMatch> ByAddress(List<ProcessMemoryMapEntry> before, List<ProcessMemoryMapEntry> after)
    {
        (ProcessMemoryMapEntry Entry, bool IsAfter)[] all =
            [.. before.Select(entry => (entry, false)).Concat(after.Select(entry => (entry, true))).OrderBy(item => item.entry.Start)];
        // What is mapped at one place has one backing at a time, but another one may have come there meanwhile.
        Dictionary<string, (MappingMatch Match, ulong EndBefore, ulong EndAfter)> open = [];
        foreach ((ProcessMemoryMapEntry entry, bool isAfter) in all)
        {
            bool isOpen = open.TryGetValue(entry.Backing, out (MappingMatch Match, ulong EndBefore, ulong EndAfter) last);
            // Neighbours of one list overlap nothing of each other: only the other list's can continue a match.
            if (!isOpen || entry.Start >= (isAfter ? last.EndBefore : last.EndAfter))
            {
                if (isOpen)
                {
                    yield return last.Match;
                }
                last = (new MappingMatch([], []), 0, 0);
            }
            if (isAfter)
            {
                last.Match.After.Add(entry);
                last.EndAfter = Math.Max(last.EndAfter, entry.End);
            }
            else
            {
                last.Match.Before.Add(entry);
                last.EndBefore = Math.Max(last.EndBefore, entry.End);
            }
            open[entry.Backing] = last;
        }
        foreach ((MappingMatch match, _, _) in open.Values)
        {
            yield return match;
        }
    }

    /// <summary>Puts together what has the same file, place in it and rights; what is left, with equal sizes first and then in order.</summary>
    public static IEnumerable<MappingMatch> ByWhatTheyAre(List<ProcessMemoryMapEntry> before, List<ProcessMemoryMapEntry> after)
    {
        List<MappingMatch> found = [];
        List<ProcessMemoryMapEntry> left = [.. before.OrderBy(entry => entry.Start)];
        List<ProcessMemoryMapEntry> right = [.. after.OrderBy(entry => entry.Start)];
        Pair(left, right, found, entry => (entry.Backing, entry.Kind, entry.Permissions, entry.Offset, entry.Size));
        Pair(left, right, found, entry => (entry.Backing, entry.Kind, entry.Permissions, entry.Offset, 0));
        Pair(left, right, found, entry => (entry.Backing, entry.Kind, entry.Permissions, 0, 0));
        found.AddRange(left.Select(entry => new MappingMatch([entry], [])));
        found.AddRange(right.Select(entry => new MappingMatch([], [entry])));
        return found;
    }

    private static void Pair(
        List<ProcessMemoryMapEntry> left, List<ProcessMemoryMapEntry> right, List<MappingMatch> found,
        Func<ProcessMemoryMapEntry, (string, ProcessMemoryKind, string, ulong, long)> key)
    {
        Dictionary<(string, ProcessMemoryKind, string, ulong, long), Queue<ProcessMemoryMapEntry>> waiting = [];
        foreach (ProcessMemoryMapEntry entry in left)
        {
            if (!waiting.TryGetValue(key(entry), out Queue<ProcessMemoryMapEntry>? queue))
            {
                waiting[key(entry)] = queue = new();
            }
            queue.Enqueue(entry);
        }
        HashSet<ProcessMemoryMapEntry> paired = new(ReferenceEqualityComparer.Instance);
        foreach (ProcessMemoryMapEntry entry in right)
        {
            if (waiting.TryGetValue(key(entry), out Queue<ProcessMemoryMapEntry>? queue) && queue.TryDequeue(out ProcessMemoryMapEntry? other))
            {
                found.Add(new MappingMatch([other], [entry]));
                paired.Add(entry);
                paired.Add(other);
            }
        }
        left.RemoveAll(paired.Contains);
        right.RemoveAll(paired.Contains);
    }
}
