using System.Buffers;

namespace LinuxMemory;

/// <summary>Looks for bytes in the memory of a process, piece by piece; places that lie across two pieces or two mappings side by side are found, too.</summary>
public static class ProcessMemorySearch
{
    /// <summary>The longest pattern.</summary>
    public const int LongestPattern = 64 * 1024;

    private const int PieceSize = 1 << 20;
    private const int Shown = 64;

    /// <summary>All places in the readable memory of mappings that lie between two addresses, ascending. Memory that nothing filled is not looked at.</summary>
    /// <exception cref="LinuxMemory.Kernel.KernelException">The process has ended, or it is denied.</exception>
    public static IEnumerable<ProcessMemoryMatch> Find(
        ProcessContents contents, ProcessPages pages, IEnumerable<ProcessMemoryMapping> mappings, ReadOnlyMemory<byte> pattern, ulong from = 0, ulong to = ulong.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(contents);
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentNullException.ThrowIfNull(mappings);
        ArgumentOutOfRangeException.ThrowIfZero(pattern.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pattern.Length, LongestPattern);
        return Search(contents, pages, mappings, pattern, from, to);
    }

    private static IEnumerable<ProcessMemoryMatch> Search(
        ProcessContents contents, ProcessPages pages, IEnumerable<ProcessMemoryMapping> mappings, ReadOnlyMemory<byte> pattern, ulong from, ulong to)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceSize + LongestPattern);
        try
        {
            foreach (ProcessMemoryMatch match in Search(contents, pages, mappings, pattern, from, to, buffer))
            {
                yield return match;
            }
        }
        finally
        {
            // It may hold secrets of the other process.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static IEnumerable<ProcessMemoryMatch> Search(
        ProcessContents contents, ProcessPages pages, IEnumerable<ProcessMemoryMapping> mappings, ReadOnlyMemory<byte> pattern, ulong from, ulong to, byte[] buffer)
    {
        int kept = 0;
        ulong next = 0;
        foreach (ProcessMemoryMapping mapping in mappings.Where(mapping => mapping.End > from && mapping.Start < to))
        {
            foreach ((ulong start, ulong end) in MappingContents.Filled(pages, mapping, Math.Max(from, mapping.Start), Math.Min(to, mapping.End)))
            {
                kept = start == next ? kept : 0;
                for (next = start; next < end;)
                {
                    int count = contents.Read(next, buffer.AsSpan(kept, (int)Math.Min(end - next, PieceSize)));
                    ulong first = next - (ulong)kept;
                    int filled = kept + count;
                    for (int at = IndexOf(buffer, 0, filled, pattern); at >= 0; at = IndexOf(buffer, at + 1, filled, pattern))
                    {
                        yield return Match(mapping, first + (ulong)at, buffer.AsSpan(at, Math.Min(filled - at, Math.Max(pattern.Length, Shown))).ToArray(), pattern.Length);
                    }
                    // What could be the beginning of a place goes on in the next piece; a page that cannot be read parts them.
                    kept = count == 0 ? 0 : Math.Min(filled, pattern.Length - 1);
                    buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
                    next = count == 0 ? NextPage(next, contents.PageSize) : next + (ulong)count;
                }
            }
        }
    }

    private static int IndexOf(byte[] buffer, int start, int end, ReadOnlyMemory<byte> pattern)
    {
        int at = start < end ? buffer.AsSpan(start, end - start).IndexOf(pattern.Span) : -1;
        return at < 0 ? -1 : start + at;
    }

    private static ulong NextPage(ulong address, int pageSize) => (address & ~((ulong)pageSize - 1)) + (ulong)pageSize;

    private static ProcessMemoryMatch Match(ProcessMemoryMapping mapping, ulong address, byte[] bytes, int length) => new()
    {
        ProcessId = mapping.ProcessId,
        ProcessName = mapping.ProcessName,
        Address = address,
        Length = length,
        Bytes = bytes,
        Mapping = mapping.Path ?? mapping.Label,
        Kind = mapping.Kind,
    };
}
