namespace LinuxMemory;

/// <summary>One measurement of a process's memory, from wherever it comes: a reading of now, a file of an earlier day, a Java heap.</summary>
public sealed record GrowthSample
{
    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>The process's name; null when it is not told.</summary>
    public string? Name { get; init; }

    /// <summary>When it started, which tells it from another with the same id; null when it is not told.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it was measured.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What was measured: "RssAnon+Swap", "Old".</summary>
    public required string Measure { get; init; }

    /// <summary>Bytes.</summary>
    public required long Value { get; init; }

    /// <summary>Bytes that were left right after the last full collection; null when that is not told, or nothing collects.</summary>
    public long? AfterCollection { get; init; }

    /// <summary>How many collections there have been of what is measured; null where nothing is known of a collector.</summary>
    public long? Collections { get; init; }

    /// <summary>Bytes that the value cannot exceed; null when only the process's own limits count.</summary>
    public long? Limit { get; init; }

    /// <summary>
    /// What a process's memory is measured by: RssAnon + Swap, and hugetlb pages where it has any. Mapped files are left out since the
    /// kernel takes them back when it must. Where the kernel does not tell RssAnon (before 4.5), Uss + Swap, Pss or Rss. Null when none is told.
    /// </summary>
    public static (string Measure, long Value)? Choose(Func<string, long?> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        long swap = number(nameof(ProcessMemory.Swap)) ?? 0;
        if (number(nameof(ProcessMemory.RssAnon)) is long anonymous)
        {
            return ("RssAnon+Swap", anonymous + swap + (number(nameof(ProcessMemory.HugetlbPages)) ?? 0));
        }
        return number(nameof(ProcessMemory.Uss)) is long own ? ("Uss+Swap", own + swap)
            : number(nameof(ProcessMemory.Pss)) is long share ? ("Pss+Swap", share + swap)
            : number(nameof(ProcessMemory.Rss)) is long resident ? ("Rss+Swap", resident + swap)
            : null;
    }
}
