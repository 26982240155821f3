namespace LinuxMemory.CommandLine;

/// <summary>
/// Holds output back for a moment: objects in quick succession go out together, and one that stands alone does not wait for
/// the next. On a terminal nothing waits.
/// </summary>
internal sealed class OutputBuffer : IDisposable
{
    private const int Capacity = 64 * 1024;
    private const int Patience = 50;

    private readonly Stream _stream;
    private readonly bool _isEager;
    private readonly CancellationTokenSource _stopping;
    private readonly byte[] _buffer = new byte[Capacity];
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private int _length;
    private bool _isTimed;
    private OutputClosedException? _failure;

    public OutputBuffer(ConsoleHost host)
    {
        _stream = host.Output;
        _isEager = host.IsOutputTerminal;
        _stopping = host.Stopping;
        _timer = new Timer(_ => FlushLate());
    }

    /// <summary>Takes the bytes of one object.</summary>
    /// <exception cref="OutputClosedException">Nobody reads any more.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_length + bytes.Length > Capacity)
            {
                Drain();
            }
            if (bytes.Length > Capacity)
            {
                Send(bytes);
                return;
            }
            bytes.CopyTo(_buffer.AsSpan(_length));
            _length += bytes.Length;
            if (_isEager)
            {
                Drain();
            }
            else if (!_isTimed)
            {
                _isTimed = _timer.Change(Patience, Timeout.Infinite);
            }
        }
    }

    /// <summary>Sends what is held back.</summary>
    /// <exception cref="OutputClosedException">Nobody reads any more.</exception>
    public void Flush()
    {
        lock (_lock)
        {
            Drain();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void FlushLate()
    {
        lock (_lock)
        {
            _isTimed = false;
            try
            {
                Drain();
            }
            catch (OutputClosedException)
            {
                // The next write of the cmdlet says it; a cmdlet that waits is woken.
                _stopping.Cancel();
            }
        }
    }

    private void Drain()
    {
        int length = _length;
        _length = 0;
        Send(_buffer.AsSpan(0, length));
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        if (_failure is not null)
        {
            throw _failure;
        }
        try
        {
            _stream.Write(bytes);
            _stream.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A descriptor that the caller closed (EBADF) comes as UnauthorizedAccessException, with the cause inside.
            _failure = new OutputClosedException(e as IOException ?? e.InnerException ?? e);
            throw _failure;
        }
    }
}
