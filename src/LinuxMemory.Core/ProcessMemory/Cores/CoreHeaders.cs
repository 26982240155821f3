using System.Buffers.Binary;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The headers of an ELF core, and where everything goes in the file. Source: elf(5).</summary>
internal sealed class CoreHeaders
{
    private const int MachineAt = 18;

    // PN_XNUM: the number of program headers stands in a section header instead.
    private const int ManyHeaders = 0xffff;

    private readonly byte[] _bytes;

    private CoreHeaders(byte[] bytes, long end) => (_bytes, End) = (bytes, end);

    /// <summary>Header, program headers and notes, the beginning of the file.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The length of the whole file.</summary>
    public long End { get; }

    /// <summary>Lays the file out; each segment with content learns its offset.</summary>
    /// <exception cref="KernelException">It does not fit into the offsets of 32 bits (EFBIG).</exception>
    public static CoreHeaders Make(ReadOnlySpan<byte> program, IReadOnlyList<CoreSegment> segments, ReadOnlySpan<byte> notes, int pageSize)
    {
        CoreLayout layout = CoreLayout.Of(program);
        int count = segments.Count + 1;
        bool isMany = count >= ManyHeaders;
        int tables = layout.HeaderSize + (isMany ? layout.SectionHeaderSize : 0);
        int notesAt = tables + (count * layout.ProgramHeaderSize);
        byte[] bytes = new byte[notesAt + notes.Length];
        Span<byte> header = bytes;
        program[..16].CopyTo(header);
        // Operating system and version of the binary interface: none in particular.
        header[7..16].Clear();
        Write16(header, 16, 4);
        program.Slice(MachineAt, 2).CopyTo(header[MachineAt..]);
        Write32(header, 20, 1);
        // Behind e_entry, which a core has none of.
        int next16 = 24 + layout.Word;
        layout.Write(header[next16..], (ulong)tables);
        layout.Write(header[(next16 + layout.Word)..], isMany ? (ulong)layout.HeaderSize : 0);
        next16 += 2 * layout.Word;
        program.Slice(next16, 4).CopyTo(header[next16..]);
        next16 += 4;
        Write16(header, next16, layout.HeaderSize);
        Write16(header, next16 + 2, layout.ProgramHeaderSize);
        Write16(header, next16 + 4, Math.Min(count, ManyHeaders));
        Write16(header, next16 + 6, isMany ? layout.SectionHeaderSize : 0);
        Write16(header, next16 + 8, isMany ? 1 : 0);
        if (isMany)
        {
            layout.Write(header[(layout.HeaderSize + layout.SectionSize)..], 1);
            Write32(header, layout.HeaderSize + layout.SectionInfo, count);
        }
        WriteProgramHeader(layout, header[tables..], 4, 0, notesAt, 0, notes.Length, 0, 0);
        long next = Align(bytes.Length, pageSize);
        for (int i = 0; i < segments.Count; i++)
        {
            CoreSegment segment = segments[i];
            segment.Offset = next;
            long size = segment.HasContent ? segment.Size : 0;
            WriteProgramHeader(layout, header[(tables + ((i + 1) * layout.ProgramHeaderSize))..], 1, FlagsOf(segment.Mapping), next, segment.Start, size, segment.Size, pageSize);
            next += size;
        }
        if (layout == CoreLayout.Bits32 && next > uint.MaxValue)
        {
            throw new KernelException(Errno.EFBIG, "write", "core of 32 bits");
        }
        notes.CopyTo(header[notesAt..]);
        return new CoreHeaders(bytes, next);
    }

    private static int FlagsOf(ProcessMemoryMapping mapping) => (mapping.IsExecutable ? 1 : 0) | (mapping.IsWritable ? 2 : 0) | (mapping.IsReadable ? 4 : 0);

    private static void WriteProgramHeader(CoreLayout layout, Span<byte> at, int type, int flags, long offset, ulong address, long fileSize, long memorySize, long alignment)
    {
        Write32(at, 0, type);
        Write32(at, layout.SegmentFlags, flags);
        // p_offset, p_vaddr, p_paddr, p_filesz, p_memsz; with 32 bits p_flags stands before p_align.
        ReadOnlySpan<ulong> numbers = [(ulong)offset, address, 0, (ulong)fileSize, (ulong)memorySize];
        int first = layout.Word;
        for (int i = 0; i < numbers.Length; i++)
        {
            layout.Write(at[(first + (i * layout.Word))..], numbers[i]);
        }
        layout.Write(at[(layout.ProgramHeaderSize - layout.Word)..], (ulong)alignment);
    }

    private static long Align(long offset, int pageSize) => (offset + pageSize - 1) & ~((long)pageSize - 1);

    private static void Write16(Span<byte> at, int offset, int value) => BinaryPrimitives.WriteUInt16LittleEndian(at[offset..], (ushort)value);

    private static void Write32(Span<byte> at, int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(at[offset..], value);
}
