namespace LinuxMemory;

/// <summary>A published table: how much swap for how much memory.</summary>
internal sealed class SwapTable
{
    /// <summary>The lines, by rising memory.</summary>
    public required IReadOnlyList<SwapTableLine> Lines { get; init; }

    /// <summary>Why the table has no column for hibernation; null where it has one.</summary>
    public string? NoHibernation { get; init; }

    public (long? Bytes, string Reason) Advise(SwapNeed need)
    {
        SwapTableLine line = Lines.First(line => need.Memory <= line.UpTo);
        if (!need.Hibernates)
        {
            return (line.Without.For(need.Memory), $"{line.Range}: {line.Without.Words}.");
        }
        return NoHibernation is null
            ? (line.With?.For(need.Memory), $"{line.Range}, with hibernation: {line.With?.Words ?? "hibernation is not recommended"}.")
            : (null, NoHibernation);
    }
}

/// <summary>A line of a table: for memory up to so many bytes, in the document's words, an amount without and with hibernation; null where that is advised against.</summary>
internal sealed record SwapTableLine(long UpTo, string Range, SwapAmount Without, SwapAmount? With = null);

/// <summary>An amount of swap: hundredths of the memory, plus bytes.</summary>
internal sealed record SwapAmount(string Words, int Hundredths, long Bytes = 0)
{
    public long? For(long memory) => memory > long.MaxValue / 400 ? null : (memory * Hundredths / 100) + Bytes;
}

/// <summary>The tables of Oracle, of Red Hat and the one that is repeated everywhere.</summary>
internal static class SwapTables
{
    private const long MB = 1L << 20;
    private const long GB = 1L << 30;

    private static readonly SwapAmount Equal = new("equal to memory", 100);
    private static readonly SwapAmount Half = new("1.5 times memory", 150);
    private static readonly SwapAmount Twice = new("2 times memory", 200);

    public static readonly SwapTable Oracle = new()
    {
        Lines =
        [
            new(512 * MB, "Memory up to 512 MB", Twice),
            // Firmware and kernel keep a little, so that MemTotal of a machine with 1 GB is less.
            new(GB / 16 * 15, "Memory between 512 MB and 1 GB, of which the table says nothing and the line before is taken", Twice),
            new(2 * GB, "Memory of 1 to 2 GB", Half),
            new(8 * GB, "Memory of 2 to 8 GB", Equal),
            new(long.MaxValue, "Memory of more than 8 GB", new("0.75 times memory", 75)),
        ],
        NoHibernation = "The table is for servers and says nothing of hibernation.",
    };

    public static readonly SwapTable Common = new()
    {
        Lines =
        [
            new(4 * GB, "Memory up to 4 GB", Twice),
            new(8 * GB, "Memory of 4 to 8 GB", Equal),
            new(64 * GB, "Memory of 8 to 64 GB", new("8 GB", 0, 8 * GB)),
            new(256 * GB, "Memory of 64 to 256 GB", new("16 GB", 0, 16 * GB)),
            new(long.MaxValue, "Memory of more than 256 GB, where the table has ended and its last line is taken", new("16 GB", 0, 16 * GB)),
        ],
        NoHibernation = "The table says nothing of hibernation.",
    };

    public static readonly SwapTable RedHat = new()
    {
        Lines =
        [
            new(2 * GB, "Memory of 2 GB or less", Twice, new("3 times memory", 300)),
            new(8 * GB, "Memory of more than 2 GB to 8 GB", Equal, Twice),
            new(64 * GB, "Memory of more than 8 GB to 64 GB", new("at least 4 GB", 0, 4 * GB), Half),
            new(long.MaxValue, "Memory of more than 64 GB", new("at least 4 GB", 0, 4 * GB)),
        ],
    };
}
