using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// /proc/buddyinfo: "Node 0, zone   Normal      2      1 ...", a line a populated zone: how many free blocks of 1, 2, 4 ... pages.
/// </summary>
public static class BuddyInfoFile
{
    internal const string Path = "proc/buddyinfo";

    // MAX_PAGE_ORDER is 10 nearly everywhere; arm64 with 64 KiB pages has 13, and configurations go up to 15.
    private const int MostOrders = 32;

    /// <summary>The free blocks of every zone and order of a machine.</summary>
    /// <exception cref="KernelException">The file is absent or denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyList<MemoryFragmentation> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        int pageSize = PageSize.Of(machine);
        using KernelReader reader = machine.Read(Path);
        return Parse(reader, pageSize);
    }

    /// <summary>The free blocks in the file's text.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyList<MemoryFragmentation> Parse(KernelReader reader, int pageSize)
    {
        ArgumentNullException.ThrowIfNull(reader);
        List<MemoryFragmentation> rows = [];
        List<long> blocks = new(MostOrders);
        while (reader.ReadLine(out KernelLine line))
        {
            line.Expect("Node"u8);
            int node = line.TakeInt32();
            line.Expect(","u8);
            line.Expect("zone"u8);
            string zone = line.TakeText();
            TakeBlocks(ref line, blocks);
            AddRows(rows, node, zone, blocks, pageSize);
        }
        return rows;
    }

    internal static void TakeBlocks(ref KernelLine line, List<long> blocks)
    {
        blocks.Clear();
        while (!line.IsAtEnd)
        {
            long count = line.TakeInt64();
            // More than 2^43 pages in one order is more than any machine has; below that no sum overflows.
            if (count < 0 || blocks.Count == MostOrders || count > (1L << 43) >> blocks.Count)
            {
                throw line.Malformed($"at most {MostOrders} numbers of free blocks that fit a machine");
            }
            blocks.Add(count);
        }
        if (blocks.Count == 0)
        {
            throw line.Malformed("a number of free blocks for each order");
        }
    }

    private static void AddRows(List<MemoryFragmentation> rows, int node, string zone, List<long> blocks, int pageSize)
    {
        long freePages = blocks.Select((count, order) => count << order).Sum();
        long inSmallerBlocks = 0;
        for (int order = 0; order < blocks.Count; order++)
        {
            long blockSize = (long)pageSize << order;
            rows.Add(new MemoryFragmentation
            {
                Node = node,
                Zone = zone,
                Order = order,
                BlockSize = blockSize,
                FreeBlocks = blocks[order],
                FreeBytes = blocks[order] * blockSize,
                UnusableIndex = Unusable(freePages, inSmallerBlocks),
            });
            inSmallerBlocks += blocks[order] << order;
        }
    }

    // As unusable_free_index() in the kernel's mm/vmstat.c, in whole thousandths: no free page at all counts as 1.
    private static double Unusable(long freePages, long inSmallerBlocks) =>
        freePages == 0 ? 1 : inSmallerBlocks * 1000 / freePages / 1000.0;
}
