namespace LinuxMemory.Kernel;

/// <summary>A log that is open: a file, packed by gzip or not, a pipe, or /dev/kmsg itself.</summary>
internal sealed class LogFile : IDisposable
{
    private const int MagicLength = 8;

    private readonly KernelFile _file;

    private LogFile(KernelFile file, Stream text, DateTimeOffset writtenBy, bool isPlain, bool isRing)
    {
        _file = file;
        Text = text;
        WrittenBy = writtenBy;
        IsPlain = isPlain;
        IsRing = isRing;
    }

    /// <summary>The log's bytes, unpacked.</summary>
    public Stream Text { get; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset WrittenBy { get; }

    /// <summary>True for an ordinary file that is not packed.</summary>
    public bool IsPlain { get; }

    /// <summary>True for the kernel's own ring buffer.</summary>
    public bool IsRing { get; }

    /// <summary>Opens a file of this computer.</summary>
    /// <exception cref="KernelException">It is absent, denied, or nothing to read from.</exception>
    /// <exception cref="KernelFormatException">It is packed in a way that cannot be read here.</exception>
    public static LogFile Open(string path)
    {
        KernelFile file = FileCalls.Open(path, OpenFlags.ReadOnly | OpenFlags.NonBlocking);
        try
        {
            switch (FileCalls.KindOf(file))
            {
                case FileKind.Regular:
                    return Over(file);
                case FileKind.Pipe:
                    // Without a writer yet, a read that does not wait would be the end.
                    file.Dispose();
                    file = FileCalls.Open(path, OpenFlags.ReadOnly);
                    return Over(file);
                case FileKind.CharacterDevice when Path.GetFullPath(path) == LinuxSystemCalls.KernelLog:
                    return new LogFile(file, new KernelLogStream(file), DateTimeOffset.Now, isPlain: false, isRing: true);
                case FileKind.Directory:
                    throw new KernelException(Errno.EISDIR, "read", path);
                default:
                    throw new KernelException(Errno.EOPNOTSUPP, "read", path);
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Makes a log of an open file.</summary>
    public static LogFile Over(KernelFile file)
    {
        FileStatus status = FileCalls.StatusOf(file);
        byte[] magic = ReadMagic(file);
        KernelFileStream bytes = new(file, magic);
        bool isFile = status.Kind == FileKind.Regular;
        DateTimeOffset writtenBy = isFile ? status.Modified : DateTimeOffset.Now;
        if (magic.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return new LogFile(file, new GzipText(bytes, file.Name), writtenBy, isPlain: false, isRing: false);
        }
        return PackerOf(magic) is string hint
            ? throw new KernelFormatException(file.Name, 1, "a text, or one packed by gzip", hint) { IsOtherKind = true }
            : new LogFile(file, bytes, writtenBy, isPlain: isFile, isRing: false);
    }

    /// <summary>The last bytes of a plain file.</summary>
    public byte[] Tail(int length)
    {
        if (!IsPlain)
        {
            return [];
        }
        long size = FileCalls.StatusOf(_file).Size;
        byte[] tail = new byte[(int)Math.Min(size, length)];
        int count = FileCalls.ReadAt(_file, tail, size - tail.Length);
        return tail[..count];
    }

    public void Dispose() => Text.Dispose();

    private static byte[] ReadMagic(KernelFile file)
    {
        byte[] magic = new byte[MagicLength];
        int filled = 0;
        int count;
        do
        {
            count = file.Read(magic.AsSpan(filled));
            filled += count;
        }
        while (count > 0 && filled < MagicLength);
        return magic[..filled];
    }

    private static string? PackerOf(ReadOnlySpan<byte> magic) => magic switch
    {
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => "data that xz packed: unpack it first with xz -dk",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "data that zstd packed: unpack it first with zstd -dk",
        [(byte)'B', (byte)'Z', (byte)'h', ..] => "data that bzip2 packed: unpack it first with bzip2 -dk",
        [(byte)'L', (byte)'P', (byte)'K', (byte)'S', (byte)'H', (byte)'H', (byte)'R', (byte)'H'] => "a file of the journal: give what journalctl -o json --file writes",
        _ => null,
    };
}
