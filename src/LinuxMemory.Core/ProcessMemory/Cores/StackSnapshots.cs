using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The stacks of threads as they were when their registers were read: a core of a running program whose stacks moved on would show wrong calls.</summary>
internal sealed class StackSnapshots
{
    // Below the stack pointer a function may keep so much (x86-64; others less).
    private const ulong RedZone = 128;
    private const int LargestStack = 256 * 1024;
    private const long LargestSum = 64 << 20;

    private readonly List<(ulong Address, byte[] Bytes)> _stacks = [];

    /// <summary>Copies the stacks of threads that stand still, from the stack pointer up; not what nothing filled.</summary>
    public static StackSnapshots Take(ProcessContents contents, ProcessPages pages, IEnumerable<HeldThread> threads, IReadOnlyList<ProcessMemoryMapping> mappings)
    {
        StackSnapshots snapshots = new();
        long left = LargestSum;
        foreach (ulong pointer in threads.Select(thread => thread.StackPointer).OfType<ulong>())
        {
            ProcessMemoryMapping? mapping = mappings.FirstOrDefault(one => one.Start <= pointer && pointer < one.End);
            if (mapping is null || left <= 0)
            {
                continue;
            }
            ulong start = Math.Max(mapping.Start, pointer - Math.Min(pointer, RedZone));
            ulong end = start + Math.Min(mapping.End - start, LargestStack);
            foreach ((ulong first, ulong last) in pages.Filled(start & ~((ulong)pages.PageSize - 1), mapping.End).TakeWhile(run => run.Start < end))
            {
                ulong from = Math.Max(first, start);
                byte[] bytes = new byte[(int)(Math.Min(last, end) - from)];
                int count = contents.Read(from, bytes);
                snapshots._stacks.Add((from, bytes[..count]));
                left -= count;
            }
        }
        return snapshots;
    }

    /// <summary>Writes them into a core, over what was copied later.</summary>
    public void Write(KernelFile file, IReadOnlyList<CoreSegment> segments)
    {
        foreach ((ulong address, byte[] bytes) in _stacks)
        {
            CoreSegment? segment = segments.FirstOrDefault(one => one.HasContent && one.Start <= address && address < one.End);
            if (segment is not null && bytes.Length > 0)
            {
                FileCalls.WriteAt(file, bytes.AsSpan(0, (int)Math.Min((ulong)bytes.Length, segment.End - address)), segment.Offset + (long)(address - segment.Start));
            }
        }
    }
}
