namespace LinuxMemory.Kernel;

/// <summary>Reads on in a second thread while what came before is worked on, for files that the kernel takes long to print.</summary>
internal sealed class ReadAhead
{
    private const int Size = 512 * 1024;

    private readonly KernelFile _file;
    private byte[] _ready = new byte[Size];
    private byte[] _next = new byte[Size];
    private Task<int> _reading;
    private int _start;
    private int _end;

    public ReadAhead(KernelFile file)
    {
        _file = file;
        _reading = Task.Run(FillNext);
    }

    /// <summary>Reads what comes next; 0 at the end.</summary>
    /// <exception cref="KernelException">The kernel refused to read on.</exception>
    public int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            _end = _reading.GetAwaiter().GetResult();
            _start = 0;
            if (_end == 0)
            {
                return 0;
            }
            (_ready, _next) = (_next, _ready);
            _reading = Task.Run(FillNext);
        }
        int count = Math.Min(buffer.Length, _end - _start);
        _ready.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    // When the file is closed meanwhile the task fails, and nobody asks for its result.
    private int FillNext()
    {
        int filled = 0;
        int count;
        do
        {
            count = _file.Read(_next.AsSpan(filled));
            filled += count;
        }
        while (count > 0 && filled < Size);
        return filled;
    }
}
