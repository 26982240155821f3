using System.Buffers.Binary;

namespace LinuxMemory;

/// <summary>The headers of an ELF core of 64 bits, and where everything goes in the file. Source: elf(5).</summary>
internal sealed class CoreHeaders
{
    private const int HeaderSize = ProcessProgram.HeaderSize;
    private const int ProgramHeaderSize = 56;
    private const int SectionHeaderSize = 64;
    private const int MachineAt = 18;
    private const int FlagsAt = 48;

    // PN_XNUM: the number of program headers stands in a section header instead.
    private const int ManyHeaders = 0xffff;

    private readonly byte[] _bytes;

    private CoreHeaders(byte[] bytes, long end) => (_bytes, End) = (bytes, end);

    /// <summary>Header, program headers and notes, the beginning of the file.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The length of the whole file.</summary>
    public long End { get; }

    /// <summary>Lays the file out; each segment with content learns its offset.</summary>
    public static CoreHeaders Make(ReadOnlySpan<byte> program, IReadOnlyList<CoreSegment> segments, ReadOnlySpan<byte> notes, int pageSize)
    {
        int count = segments.Count + 1;
        bool isMany = count >= ManyHeaders;
        int tables = HeaderSize + (isMany ? SectionHeaderSize : 0);
        int notesAt = tables + (count * ProgramHeaderSize);
        byte[] bytes = new byte[notesAt + notes.Length];
        Span<byte> header = bytes;
        program[..16].CopyTo(header);
        // Operating system and version of the binary interface: none in particular.
        header[7..16].Clear();
        Write16(header, 16, 4);
        program.Slice(MachineAt, 2).CopyTo(header[MachineAt..]);
        Write32(header, 20, 1);
        Write64(header, 32, tables);
        Write64(header, 40, isMany ? HeaderSize : 0);
        program.Slice(FlagsAt, 4).CopyTo(header[FlagsAt..]);
        Write16(header, 52, HeaderSize);
        Write16(header, 54, ProgramHeaderSize);
        Write16(header, 56, Math.Min(count, ManyHeaders));
        Write16(header, 58, isMany ? SectionHeaderSize : 0);
        Write16(header, 60, isMany ? 1 : 0);
        if (isMany)
        {
            Write64(header, HeaderSize + 32, 1);
            Write32(header, HeaderSize + 44, count);
        }
        WriteProgramHeader(header[tables..], 4, 0, notesAt, 0, notes.Length, 0, 0);
        long next = Align(bytes.Length, pageSize);
        for (int i = 0; i < segments.Count; i++)
        {
            CoreSegment segment = segments[i];
            segment.Offset = next;
            long size = segment.HasContent ? segment.Size : 0;
            WriteProgramHeader(header[(tables + ((i + 1) * ProgramHeaderSize))..], 1, FlagsOf(segment.Mapping), next, segment.Start, size, segment.Size, pageSize);
            next += size;
        }
        notes.CopyTo(header[notesAt..]);
        return new CoreHeaders(bytes, next);
    }

    private static int FlagsOf(ProcessMemoryMapping mapping) => (mapping.IsExecutable ? 1 : 0) | (mapping.IsWritable ? 2 : 0) | (mapping.IsReadable ? 4 : 0);

    private static void WriteProgramHeader(Span<byte> at, int type, int flags, long offset, ulong address, long fileSize, long memorySize, long alignment)
    {
        Write32(at, 0, type);
        Write32(at, 4, flags);
        Write64(at, 8, offset);
        BinaryPrimitives.WriteUInt64LittleEndian(at[16..], address);
        Write64(at, 32, fileSize);
        Write64(at, 40, memorySize);
        Write64(at, 48, alignment);
    }

    private static long Align(long offset, int pageSize) => (offset + pageSize - 1) & ~((long)pageSize - 1);

    private static void Write16(Span<byte> at, int offset, int value) => BinaryPrimitives.WriteUInt16LittleEndian(at[offset..], (ushort)value);

    private static void Write32(Span<byte> at, int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(at[offset..], value);

    private static void Write64(Span<byte> at, int offset, long value) => BinaryPrimitives.WriteInt64LittleEndian(at[offset..], value);
}
