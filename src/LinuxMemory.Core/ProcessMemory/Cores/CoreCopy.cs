using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Copies memory of a process into its places in a core; what nothing filled, and pages of zeros, stay holes in the file.</summary>
internal sealed class CoreCopy(SystemCalls calls, ProcessContents contents, ProcessPages pages, KernelFile file, CancellationToken stopping)
{
    // Both copies of a piece, into the buffer and into the file, find it in the processor's cache.
    private const int PieceSize = 1024 * 1024;

    // The kernel lets one writer at a time into a file: while it writes the one's piece, the other reads.
    private const int Workers = 2;

    // So far one worker looks for filled pages while the other copies.
    private const ulong Step = 64 << 20;

    private readonly int _pageSize = contents.PageSize;
    private readonly BlocksAhead _blocks = new(calls, file);
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
                NewBuffer,
                (piece, _, buffer) =>
                {
                    Copy(piece, buffer.Span);
                    return buffer;
                },
                _ => { });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    // Processors copy fastest where both sides begin a page: an array's bytes do not.
    private Memory<byte> NewBuffer()
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(PieceSize + _pageSize, pinned: true);
        int into = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0) & (_pageSize - 1));
        return bytes.AsMemory(_pageSize - into, PieceSize);
    }

    private IEnumerable<CorePiece> Pieces(CoreSegment segment)
    {
        bool mayWait = segment.Mapping.VmFlags is null || FillsOnDemand.IsRegistered(segment.Mapping);
        foreach ((ulong start, ulong end) in Stretches(segment))
        {
            for (ulong next = start; next < end;)
            {
                long offset = segment.Offset + (long)(next - segment.Start);
                // The kernel keeps in one piece what begins at a multiple of its size in the file.
                ulong length = Math.Min(end - next, PieceSize - ((ulong)offset & (PieceSize - 1)));
                yield return new CorePiece(next, length, offset, (long)(end - next), mayWait);
                next += length;
            }
        }
    }

    private IEnumerable<(ulong Start, ulong End)> Stretches(CoreSegment segment) =>
        segment.Filled ?? (IsFull(segment.Mapping) ? [(segment.Start, segment.End)] : Filled(segment));

    // Smaps, read a moment ago, has counted what the page tables would be asked for page by page again. What was given back since is zeros.
    private static bool IsFull(ProcessMemoryMapping mapping) =>
        !mapping.IsShared && mapping.Path is null && mapping.Rss + mapping.Swap == (long)(mapping.End - mapping.Start);

    private IEnumerable<(ulong Start, ulong End)> Filled(CoreSegment segment)
    {
        for (ulong next = segment.Start; next < segment.End; next += Math.Min(Step, segment.End - next))
        {
            foreach ((ulong, ulong) stretch in MappingContents.Filled(pages, segment.Mapping, next, Math.Min(segment.End, next + Step)))
            {
                yield return stretch;
            }
        }
    }

    private void Copy(CorePiece piece, Span<byte> buffer)
    {
        for (ulong done = 0; done < piece.Length;)
        {
            ulong next = piece.Start + done;
            Span<byte> wanted = buffer[..(int)(piece.Length - done)];
            int count = piece.MayWait ? contents.Read(next, wanted) : contents.ReadAtOnce(next, wanted);
            WriteWithoutZeros(buffer[..count], piece.Offset + (long)done, piece.Rest - (long)done);
            done += count > 0 ? (ulong)count : (ulong)_pageSize - (next & ((ulong)_pageSize - 1));
        }
    }

    // It looks at every page, and a core is often the first and only one of a session: there is no time to find out that it is hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteWithoutZeros(ReadOnlySpan<byte> bytes, long offset, long rest)
    {
        int start = 0;
        for (int page = 0; page < bytes.Length; page += _pageSize)
        {
            if (!bytes[page..Math.Min(page + _pageSize, bytes.Length)].ContainsAnyExcept((byte)0))
            {
                Put(bytes[start..page], offset + start, rest - start);
                start = page + _pageSize;
            }
        }
        if (start > 0 && bytes.Length > 0)
        {
            _blocks.Gap();
        }
        Put(bytes[Math.Min(start, bytes.Length)..], offset + start, rest - start);
    }

    private void Put(ReadOnlySpan<byte> bytes, long offset, long rest)
    {
        if (bytes.IsEmpty)
        {
            return;
        }
        _blocks.For(offset, bytes.Length, rest);
        FileCalls.WriteAt(file, bytes, offset);
        Interlocked.Add(ref _written, bytes.Length);
    }

    // Rest: bytes from its start to the end of the filled stretch that it is cut from.
    // MayWait: whether a program may have to fill it first.
    private readonly record struct CorePiece(ulong Start, ulong Length, long Offset, long Rest, bool MayWait);
}
