using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// /proc/PID/smaps_rollup: a line "00400000-7ffc9221d000 ---p 00000000 00:00 0 [rollup]", then "Pss:  1193 kB", a line a key.
/// Since 4.14. The text of smaps, the same for each mapping, is read too and added up.
/// </summary>
public static class SmapsRollupFile
{
    private static readonly KeyTable Keys = new("Rss", "Pss", "Private_Clean", "Private_Dirty", "Swap", "SwapPss");

    /// <summary>Reads the file of a process whose directory is held open, or smaps where the kernel lacks it; null for a process without memory.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static SmapsRollup? Read(KernelDirectory process)
    {
        ArgumentNullException.ThrowIfNull(process);
        try
        {
            using KernelReader reader = process.Read(process.Living("smaps_rollup"));
            return Parse(reader) ?? throw reader.Ended("a line of addresses");
        }
        catch (KernelException e) when (e.Errno == Errno.ENOENT)
        {
            using KernelReader reader = process.Read(process.Living("smaps"));
            return Parse(reader);
        }
        catch (KernelException e) when (e.Errno == Errno.ESRCH)
        {
            // No memory: it has just become a zombie, or it is a kernel thread. One that is gone fails at its stat.
            process.Read("stat").Dispose();
            return null;
        }
    }

    /// <summary>Reads the file's text; null when it is empty.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static SmapsRollup? Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Span<long> sums = stackalloc long[6];
        Span<int> lines = stackalloc int[6];
        int mappings = 0;
        int next = 0;
        while (reader.ReadLine(out KernelLine line))
        {
            // A mapping begins with its address in lower-case hexadecimal; keys begin with a capital.
            if (line.Text.Length > 0 && line.Text[0] is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f'))
            {
                mappings++;
                next = 0;
                continue;
            }
            int index = Keys.IndexOf(line.TakeUntil((byte)':'), ref next);
            if (index >= 0)
            {
                long size = line.TakeSize();
                sums[index] = size <= long.MaxValue - sums[index] ? sums[index] + size : throw line.Malformed("a sum that fits 63 bits");
                lines[index]++;
            }
        }
        return mappings == 0 && reader.LineNumber == 0 ? null : Sum(reader, sums, lines, mappings);
    }

    private static SmapsRollup Sum(KernelReader reader, ReadOnlySpan<long> sums, ReadOnlySpan<int> lines, int mappings)
    {
        for (int i = 0; i < 5; i++)
        {
            if (mappings == 0 || lines[i] != mappings)
            {
                throw reader.Ended(mappings == 0 ? "a line of addresses" : $"the key {Keys[i]} once for each mapping");
            }
        }
        return new SmapsRollup
        {
            Rss = sums[0],
            Pss = sums[1],
            PrivateClean = sums[2],
            PrivateDirty = sums[3],
            Swap = sums[4],
            SwapPss = lines[5] > 0 ? sums[5] : null,
        };
    }
}
