namespace LinuxMemory.Kernel;

/// <summary>A stream that is read once, from its begin to its end.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>An open file as a stream; some bytes that were already read come first.</summary>
internal sealed class KernelFileStream(KernelFile file, byte[] first) : ForwardStream
{
    private int _taken;

    public override int Read(Span<byte> buffer)
    {
        int ready = Math.Min(buffer.Length, first.Length - _taken);
        if (ready > 0)
        {
            first.AsSpan(_taken, ready).CopyTo(buffer);
            _taken += ready;
            return ready;
        }
        return file.Read(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
