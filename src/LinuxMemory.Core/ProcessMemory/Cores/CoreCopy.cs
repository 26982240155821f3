using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Copies memory of a process into its places in a core; what nothing filled, and pages of zeros, stay holes in the file.</summary>
internal sealed class CoreCopy(ProcessContents contents, ProcessPages pages, KernelDirectory process, KernelFile file, CancellationToken stopping)
{
    private const int PieceSize = 1 << 20;

    private readonly byte[][] _buffers = [new byte[PieceSize], new byte[PieceSize]];
    private readonly int _pageSize = contents.PageSize;
    private Task _writing = Task.CompletedTask;
    private int _buffer;

    /// <summary>Bytes that were written.</summary>
    public long Written { get; private set; }

    /// <summary>Copies a segment. What cannot be read, such as a guard in it, stays a hole.</summary>
    public void Copy(CoreSegment segment)
    {
        foreach ((ulong start, ulong end) in Filled(segment))
        {
            for (ulong next = start; next < end;)
            {
                stopping.ThrowIfCancellationRequested();
                byte[] buffer = _buffers[_buffer];
                int count = contents.Read(next, buffer.AsSpan(0, (int)Math.Min(end - next, PieceSize)));
                Write(buffer, count, segment.Offset + (long)(next - segment.Start));
                next = count == 0 ? (next & ~((ulong)_pageSize - 1)) + (ulong)_pageSize : next + (ulong)count;
            }
        }
    }

    /// <summary>Waits until everything is in the file.</summary>
    public void Finish() => _writing.GetAwaiter().GetResult();

    private IEnumerable<(ulong Start, ulong End)> Filled(CoreSegment segment)
    {
        ProcessMemoryMapping mapping = segment.Mapping;
        if (mapping.IsShared)
        {
            return FilledInFile(segment);
        }
        return (mapping.Path is not null && mapping.Kind != ProcessMemoryKind.HugePage) || mapping.Kind == ProcessMemoryKind.Vdso
            ? [(segment.Start, segment.End)]
            : pages.Populated(segment.Start, segment.End).Where(run => run.State != PageState.NotPopulated).Select(run => (run.Start, run.End));
    }

    // Shared memory can be filled by others, or lie in swap, without a trace in this process's page tables; and to read its holes would fill them.
    private IEnumerable<(ulong Start, ulong End)> FilledInFile(CoreSegment segment)
    {
        ProcessMemoryMapping mapping = segment.Mapping;
        using KernelFile? shared = TryOpen(string.Create(CultureInfo.InvariantCulture, $"map_files/{mapping.Start:x}-{mapping.End:x}"));
        if (shared is null)
        {
            foreach (PageRun run in pages.Populated(segment.Start, segment.End))
            {
                yield return (run.Start, run.End);
            }
            yield break;
        }
        long shift = unchecked((long)mapping.Offset - (long)mapping.Start);
        for (ulong next = segment.Start; next < segment.End && FileCalls.NextData(shared, unchecked((long)next + shift)) is (long start, long end);)
        {
            ulong first = unchecked((ulong)(start - shift));
            if (first >= segment.End)
            {
                yield break;
            }
            next = Math.Min(segment.End, unchecked((ulong)(end - shift)));
            // The end of a file need not be that of a page.
            next = Math.Min(segment.End, (next + (ulong)_pageSize - 1) & ~((ulong)_pageSize - 1));
            yield return (first, next);
        }
    }

    private KernelFile? TryOpen(string path)
    {
        try
        {
            return process.Open(path);
        }
        catch (KernelException e) when (e.IsDenied || e.IsAbsent)
        {
            return null;
        }
    }

    // One piece is written while the next is read.
    private void Write(byte[] buffer, int count, long offset)
    {
        if (count == 0)
        {
            return;
        }
        Finish();
        _buffer ^= 1;
        _writing = Task.Run(() => WriteWithoutZeros(buffer, count, offset), CancellationToken.None);
    }

    private void WriteWithoutZeros(byte[] buffer, int count, long offset)
    {
        int start = -1;
        for (int page = 0; page < count; page += _pageSize)
        {
            bool isEmpty = buffer.AsSpan(page, Math.Min(_pageSize, count - page)).IndexOfAnyExcept((byte)0) < 0;
            if (!isEmpty && start < 0)
            {
                start = page;
            }
            else if (isEmpty && start >= 0)
            {
                Put(buffer.AsSpan(start, page - start), offset + start);
                start = -1;
            }
        }
        if (start >= 0)
        {
            Put(buffer.AsSpan(start, count - start), offset + start);
        }
    }

    private void Put(ReadOnlySpan<byte> bytes, long offset)
    {
        FileCalls.WriteAt(file, bytes, offset);
        Written += bytes.Length;
    }
}
