using System.IO.Compression;
using System.Runtime.ExceptionServices;

namespace LinuxMemory.Kernel;

/// <summary>
/// What gzip packed, unpacked. Damaged data is an error of the file like any other, and so is data that ends too early, which
/// GZipStream takes for the end: it is handed a member of our own behind the last one, and finds that only where the last is whole.
/// </summary>
internal sealed class GzipText : ForwardStream
{
    private static ReadOnlySpan<byte> Mark => "the end."u8;

    private readonly string _name;
    private readonly MarkedStream _packed;
    private readonly GZipStream _plain;
    private bool _isWhole;
    private KernelFormatException? _damage;

    public GzipText(Stream packed, string name)
    {
        _name = name;
        _packed = new MarkedStream(packed, Pack(Mark));
        _plain = new GZipStream(_packed, CompressionMode.Decompress);
    }

    /// <summary>Reads on; the buffer takes the mark at least.</summary>
    /// <exception cref="KernelFormatException">The data is damaged, or ends too early; what stands before was read.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_isWhole)
        {
            return 0;
        }
        if (_damage is not null)
        {
            ExceptionDispatchInfo.Throw(_damage);
        }
        int count = Unpack(buffer);
        if (_damage is null && _packed.IsOver)
        {
            _isWhole = buffer[..count].SequenceEqual(Mark);
            _damage = _isWhole ? null : Cut();
        }
        return _damage is not null ? throw _damage : _isWhole ? 0 : count;
    }

    // More is asked for only when all that was there is unpacked.
    private int Unpack(Span<byte> buffer)
    {
        try
        {
            return _plain.Read(buffer);
        }
        catch (InvalidDataException)
        {
            _damage = _packed.IsOver ? Cut() : Malformed("damaged data", "What stands before the damage was read.");
            return 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _plain.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Pack(ReadOnlySpan<byte> text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.NoCompression))
        {
            gzip.Write(text);
        }
        return packed.ToArray();
    }

    private KernelFormatException Cut() => Malformed("that the packing ends early", "The file is cut: what stands before was read, and the rest is not in it.");

    private KernelFormatException Malformed(string found, string consequence) => new(_name, 0, "data that gzip packed", found)
    {
        NextStep = $"{consequence} Copy it again from where it came (gzip -t tells whether a file is whole).",
    };

    // The packed bytes, and the mark behind them.
    private sealed class MarkedStream(Stream packed, byte[] mark) : ForwardStream
    {
        private int _handed;

        /// <summary>True when the mark was asked for.</summary>
        public bool IsOver { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            int count = IsOver ? 0 : packed.Read(buffer);
            if (count > 0 || buffer.IsEmpty)
            {
                return count;
            }
            IsOver = true;
            count = Math.Min(buffer.Length, mark.Length - _handed);
            mark.AsSpan(_handed, count).CopyTo(buffer);
            _handed += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            packed.Dispose();
            base.Dispose(disposing);
        }
    }
}
