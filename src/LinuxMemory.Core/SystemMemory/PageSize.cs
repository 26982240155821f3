using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The size of a page, which turns the page counts of kernel files into bytes.</summary>
public static class PageSize
{
    private const int Usual = 4096;

    /// <summary>Bytes in a page of the machine. A tree of files tells it by what stands once in kB and once in pages.</summary>
    /// <exception cref="KernelException">A file is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static int Of(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return machine.IsLive ? machine.Calls.PageSize : Estimate(machine);
    }

    // What stands in both files: bytes here, pages there.
    private static readonly (Func<MemInfo, long?> Bytes, string Pages)[] Pairs =
    [
        (memory => memory.MemFree, "nr_free_pages"),
        (memory => memory.Mapped, "nr_mapped"),
        (memory => memory.SUnreclaim, "nr_slab_unreclaimable"),
        (memory => memory.SReclaimable, "nr_slab_reclaimable"),
        (memory => memory.PageTables, "nr_page_table_pages"),
        (memory => memory.ActiveFile, "nr_active_file"),
        (memory => memory.InactiveFile, "nr_inactive_file"),
    ];

    // The two files are not read at the same moment, so each quotient is rounded to a power of two, and most of them decide.
    private static int Estimate(Machine machine)
    {
        using KernelReader? memory = machine.TryRead("proc/meminfo");
        if (memory is null)
        {
            return Usual;
        }
        MemInfo known = MemInfoFile.Parse(memory, default);
        using KernelReader? counters = machine.TryRead("proc/vmstat");
        return (counters is null ? null : Vote(known, counters)) ?? OfZones(machine, known) ?? Usual;
    }

    private static int? Vote(MemInfo known, KernelReader counters)
    {
        Dictionary<int, int> votes = [];
        while (counters.ReadLine(out KernelLine line))
        {
            ReadOnlySpan<byte> name = line.TakeField();
            foreach ((Func<MemInfo, long?> bytes, string pages) in Pairs)
            {
                if (Ascii.Equals(name, pages))
                {
                    if (Power(bytes(known), line.TakeInt64()) is int power)
                    {
                        votes[power] = votes.GetValueOrDefault(power) + 1;
                    }
                    break;
                }
            }
        }
        return votes.Count == 0 ? null : 1 << votes.MaxBy(vote => vote.Value).Key;
    }

    // Where the counters are missing: all zones together have what MemTotal says.
    private static int? OfZones(Machine machine, MemInfo known)
    {
        using KernelReader? zones = machine.TryRead("proc/zoneinfo");
        return zones is not null && Power(known.MemTotal, (long)ZoneInfoFile.Parse(zones, 1).Sum(zone => (double)zone.Managed)) is int power ? 1 << power : null;
    }

    private static int? Power(long? bytes, long pages) =>
        bytes > 0 && pages > 0 && (int)Math.Round(Math.Log2((double)bytes.Value / pages)) is >= 12 and <= 18 and int power ? power : null;
}
