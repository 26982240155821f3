namespace LinuxMemory;

/// <summary>
/// Compares two lists of mappings. Those of one process have kept their addresses: what overlaps and shows the same file or name
/// belongs together, however it was split or merged. Those of two processes lie elsewhere, and are matched by what they are.
/// </summary>
public static class ProcessMemoryMapComparison
{
    /// <summary>The differences in the order of addresses, those of one process before those of the next.</summary>
    public static IEnumerable<ProcessMemoryMapDifference> Compare(
        IReadOnlyCollection<ProcessMemoryMapEntry> reference, IReadOnlyCollection<ProcessMemoryMapEntry> difference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(difference);
        int[] before = [.. reference.Select(entry => entry.ProcessId).Distinct()];
        int[] after = [.. difference.Select(entry => entry.ProcessId).Distinct()];
        // One process with another; or the processes of two lists with many, each with itself.
        return before.Length <= 1 && after.Length <= 1
            ? OneWithOne([.. reference], [.. difference])
            : before.Union(after).Order().SelectMany(id =>
                OneWithOne([.. reference.Where(entry => entry.ProcessId == id)], [.. difference.Where(entry => entry.ProcessId == id)]));
    }

    private static IEnumerable<ProcessMemoryMapDifference> OneWithOne(List<ProcessMemoryMapEntry> before, List<ProcessMemoryMapEntry> after) =>
        (IsSameAddressSpace(before, after) ? MappingMatch.ByAddress(before, after) : MappingMatch.ByWhatTheyAre(before, after))
            .Select(Difference).OfType<ProcessMemoryMapDifference>().OrderBy(found => found.Start);

    // The id may have been used again, or the program replaced by another: then the files lie elsewhere.
    private static bool IsSameAddressSpace(List<ProcessMemoryMapEntry> before, List<ProcessMemoryMapEntry> after)
    {
        if (before.Count == 0 || after.Count == 0 || before[0].ProcessId != after[0].ProcessId)
        {
            return false;
        }
        HashSet<(ulong, string)> places = [.. before.Select(entry => (entry.Start, entry.Backing))];
        return after.Count(entry => places.Contains((entry.Start, entry.Backing))) * 2 >= Math.Min(before.Count, after.Count);
    }

    private static ProcessMemoryMapDifference? Difference(MappingMatch match)
    {
        ProcessMemoryMapEntry shown = (match.After.Count > 0 ? match.After : match.Before).MaxBy(entry => entry.Size)!;
        long size = SizeOf(match.After);
        long sizeBefore = SizeOf(match.Before);
        long? rss = Change(match, entry => entry.Rss);
        long? swap = Change(match, entry => entry.Swap);
        long grown = rss + swap is long memory and not 0 ? memory : unchecked(size - sizeBefore);
        if (grown == 0 && match.Before.Count > 0 && match.After.Count > 0)
        {
            return null;
        }
        return new ProcessMemoryMapDifference
        {
            Change = match.Before.Count == 0 ? ProcessMemoryMapChange.Added
                : match.After.Count == 0 ? ProcessMemoryMapChange.Removed
                : grown > 0 ? ProcessMemoryMapChange.Grown : ProcessMemoryMapChange.Shrunk,
            ProcessId = shown.ProcessId,
            Start = (match.After.Count > 0 ? match.After : match.Before).Min(entry => entry.Start),
            ReferenceStart = match.Before.Count > 0 ? match.Before.Min(entry => entry.Start) : null,
            Kind = shown.Kind,
            Permissions = shown.Permissions,
            Path = shown.Path,
            Label = shown.Label,
            Size = match.After.Count > 0 ? size : sizeBefore,
            SizeChange = unchecked(size - sizeBefore),
            Rss = Sum(match.After.Count > 0 ? match.After : match.Before, entry => entry.Rss),
            RssChange = rss,
            PssChange = Change(match, entry => entry.Pss),
            SwapChange = swap,
        };
    }

    private static long? Change(MappingMatch match, Func<ProcessMemoryMapEntry, long?> of) => Sum(match.After, of) - Sum(match.Before, of);

    // Lists may come from files, with addresses that no machine has.
    private static long SizeOf(List<ProcessMemoryMapEntry> entries) => entries.Aggregate(0L, (sum, entry) => unchecked(sum + entry.Size));

    // Null when one of them is not known.
    private static long? Sum(List<ProcessMemoryMapEntry> entries, Func<ProcessMemoryMapEntry, long?> of) =>
        entries.Aggregate((long?)0, (sum, entry) => sum + of(entry));
}
