using System.Buffers;
using System.Text;

namespace LinuxMemory.Kernel;

/// <summary>
/// Reads a kernel file forward, line by line, over one reused buffer. Kernel files report wrong sizes, so it reads to the end.
/// A line stays valid until the next call.
/// </summary>
public sealed class KernelReader : IDisposable
{
    // seq_file hands out about a page at a time; ordinary files of a captured tree profit from more.
    private const int InitialSize = 32 * 1024;

    // No line of a kernel file comes near: the longest are paths of PATH_MAX bytes, escaped.
    private const int LongestLine = 1024 * 1024;

    // Below this a second thread is not worth its start.
    private const int Long = 512 * 1024;

    // A command line may be as long as a quarter of the stack limit.
    private const int LongestText = 256 * 1024 * 1024;

    private readonly KernelFile? _file;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private bool _atEnd;
    private int _readAlone;
    private ReadAhead? _ahead;

    internal KernelReader(KernelFile file)
    {
        _file = file;
        Name = file.Name;
        _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    }

    private KernelReader(string name, byte[] text)
    {
        Name = name;
        _buffer = text;
        _end = text.Length;
        _atEnd = true;
    }

    /// <summary>The absolute path of the file, for example "/proc/meminfo".</summary>
    public string Name { get; }

    /// <summary>The number of the last line read, from 1; 0 before the first.</summary>
    public int LineNumber { get; private set; }

    /// <summary>True when the last line had no newline: what the kernel wrote was cut.</summary>
    internal bool EndsInLine { get; private set; }

    /// <summary>True reads a long file in a second thread while what came before is worked on.</summary>
    internal bool ReadsAhead { get; init; }

    /// <summary>A reader over bytes in memory, for texts that do not come from a file.</summary>
    public static KernelReader Over(string name, ReadOnlySpan<byte> text) => new(name, text.ToArray());

    /// <summary>The next line without its newline; false at the end. A last line without newline counts.</summary>
    public bool ReadLine(out KernelLine line)
    {
        int scanned = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (length >= 0)
            {
                length += scanned;
                line = new KernelLine(Name, ++LineNumber, _buffer.AsSpan(_start, length));
                _start += length + 1;
                return true;
            }
            scanned = _end - _start;
            if (_atEnd)
            {
                ReadOnlySpan<byte> last = WithoutPadding(_buffer.AsSpan(_start, scanned));
                _start = _end;
                line = new KernelLine(Name, last.IsEmpty ? LineNumber : ++LineNumber, last);
                EndsInLine |= !last.IsEmpty;
                return !last.IsEmpty;
            }
            Fill(LongestLine);
        }
    }

    /// <summary>The next line, which must be there: an empty or cut file is malformed.</summary>
    public KernelLine RequireLine(string expected) =>
        ReadLine(out KernelLine line) ? line : throw Ended(expected);

    /// <summary>The error for a file that ends too early.</summary>
    public KernelFormatException Ended(string expected) => new(Name, LineNumber + 1, expected, "the end of the file");

    /// <summary>Everything that has not been read yet, as bytes.</summary>
    public ReadOnlySpan<byte> ReadToEnd()
    {
        while (!_atEnd)
        {
            Fill(LongestText);
        }
        ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
        _start = _end;
        return rest;
    }

    /// <summary>Everything that has not been read yet, as text without the last newline.</summary>
    public string ReadText()
    {
        ReadOnlySpan<byte> rest = WithoutPadding(ReadToEnd());
        return Encoding.UTF8.GetString(rest.EndsWith("\n"u8) ? rest[..^1] : rest);
    }

    /// <summary>Gives the buffer and the descriptor back.</summary>
    public void Dispose()
    {
        if (_file is not null && _buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _start = _end = 0;
            _atEnd = true;
            _file.Dispose();
        }
    }

    // sysfs says that each of its files has 4096 bytes, and tar fills up with zeros, behind the last newline, what it could not read.
    private static ReadOnlySpan<byte> WithoutPadding(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> plain = text.TrimEnd((byte)0);
        return plain.IsEmpty || plain[^1] == (byte)'\n' ? plain : text;
    }

    private void Fill(int limit)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            Grow(limit);
        }
        int count = ReadSome(_buffer.AsSpan(_end));
        _end += count;
        _atEnd = count == 0;
    }

    private int ReadSome(Span<byte> free)
    {
        if (ReadsAhead && _ahead is null && _readAlone >= Long)
        {
            _ahead = new ReadAhead(_file!);
        }
        if (_ahead is not null)
        {
            return _ahead.Read(free);
        }
        int count = _file!.Read(free);
        _readAlone = Math.Min(Long, _readAlone + count);
        return count;
    }

    private void Grow(int limit)
    {
        if (_buffer.Length >= limit)
        {
            throw new KernelFormatException(Name, LineNumber + 1, $"a text of at most {limit} bytes", KernelLine.Quote(_buffer));
        }
        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
