using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Copies memory of a process into its places in a core; what nothing filled, and pages of zeros, stay holes in the file.</summary>
internal sealed class CoreCopy(SystemCalls calls, ProcessContents contents, ProcessPages pages, KernelDirectory process, KernelFile file, CancellationToken stopping)
{
    // Both copies of a piece, into the buffer and into the file, find it in the processor's cache.
    private const int PieceSize = 512 * 1024;

    // The kernel lets one writer at a time into a file: while it writes the one's piece, the other reads.
    private const int Workers = 2;

    // Blocks that a file has before its bytes come make the copy into the page cache half as long: ext4 need not reserve them page by page.
    private const int LeastAllocation = 64 * 1024;

    private readonly int _pageSize = contents.PageSize;
    private volatile bool _allocates = true;
    private long _written;

    /// <summary>Bytes that were written.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Copies segments. What cannot be read, such as a guard in one, stays a hole.</summary>
    public void Copy(IEnumerable<CoreSegment> segments)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = Workers, CancellationToken = stopping };
        try
        {
            Parallel.ForEach(
                Partitioner.Create(segments.SelectMany(Pieces), EnumerablePartitionerOptions.NoBuffering),
                options,
                () => new byte[PieceSize],
                (piece, _, buffer) =>
                {
                    Copy(piece, buffer);
                    return buffer;
                },
                _ => { });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    private IEnumerable<CorePiece> Pieces(CoreSegment segment)
    {
        foreach ((ulong start, ulong end) in segment.Filled ?? MappingContents.Filled(process, pages, segment.Mapping, segment.Start, segment.End))
        {
            for (ulong next = start; next < end; next += PieceSize)
            {
                yield return new CorePiece(next, Math.Min(end - next, PieceSize), segment.Offset + (long)(next - segment.Start));
            }
        }
    }

    private void Copy(CorePiece piece, byte[] buffer)
    {
        for (ulong done = 0; done < piece.Length;)
        {
            ulong next = piece.Start + done;
            int count = contents.Read(next, buffer.AsSpan(0, (int)(piece.Length - done)));
            WriteWithoutZeros(buffer.AsSpan(0, count), piece.Offset + (long)done);
            done += count > 0 ? (ulong)count : (ulong)_pageSize - (next & ((ulong)_pageSize - 1));
        }
    }

    private void WriteWithoutZeros(ReadOnlySpan<byte> bytes, long offset)
    {
        int start = -1;
        for (int page = 0; page < bytes.Length; page += _pageSize)
        {
            bool isEmpty = !bytes[page..Math.Min(page + _pageSize, bytes.Length)].ContainsAnyExcept((byte)0);
            if (!isEmpty && start < 0)
            {
                start = page;
            }
            else if (isEmpty && start >= 0)
            {
                Put(bytes[start..page], offset + start);
                start = -1;
            }
        }
        if (start >= 0)
        {
            Put(bytes[start..], offset + start);
        }
    }

    private void Put(ReadOnlySpan<byte> bytes, long offset)
    {
        if (_allocates && bytes.Length >= LeastAllocation)
        {
            Allocate(offset, bytes.Length);
        }
        FileCalls.WriteAt(file, bytes, offset);
        Interlocked.Add(ref _written, bytes.Length);
    }

    private void Allocate(long offset, int length)
    {
        try
        {
            calls.Allocate(file, offset, length);
        }
        catch (KernelException e) when (e.Errno is Errno.EOPNOTSUPP or Errno.ENOSYS)
        {
            // NFS before 4.2 and FAT cannot.
            _allocates = false;
        }
    }

    private readonly record struct CorePiece(ulong Start, ulong Length, long Offset);
}
