using System.Buffers.Binary;

namespace LinuxMemory;

/// <summary>Where the fields of a core stand, which depends on the size of a word of the program. Source: elf(5), linux/elfcore.h, linux/elfcore-compat.h.</summary>
internal sealed record CoreLayout
{
    public static readonly CoreLayout Bits64 = new()
    {
        Word = 8, HeaderSize = 64, ProgramHeaderSize = 56, SectionHeaderSize = 64, SegmentFlags = 4, SectionSize = 32, SectionInfo = 44,
        StatusThread = 32, StatusRegisters = 112, ProcessFlags = 8, ProcessUser = 16, ProcessId = 24, ProcessName = 40,
    };

    public static readonly CoreLayout Bits32 = new()
    {
        Word = 4, HeaderSize = 52, ProgramHeaderSize = 32, SectionHeaderSize = 40, SegmentFlags = 24, SectionSize = 20, SectionInfo = 28,
        StatusThread = 24, StatusRegisters = 72, ProcessFlags = 4, ProcessUser = 8, ProcessId = 12, ProcessName = 28,
    };

    /// <summary>Bytes of an address, an offset or a size.</summary>
    public required int Word { get; init; }

    public required int HeaderSize { get; init; }

    public required int ProgramHeaderSize { get; init; }

    public required int SectionHeaderSize { get; init; }

    /// <summary>p_flags in a program header.</summary>
    public required int SegmentFlags { get; init; }

    /// <summary>sh_size in a section header.</summary>
    public required int SectionSize { get; init; }

    /// <summary>sh_info in a section header.</summary>
    public required int SectionInfo { get; init; }

    /// <summary>pr_pid in struct elf_prstatus.</summary>
    public required int StatusThread { get; init; }

    /// <summary>pr_reg in struct elf_prstatus.</summary>
    public required int StatusRegisters { get; init; }

    /// <summary>pr_flag in struct elf_prpsinfo.</summary>
    public required int ProcessFlags { get; init; }

    /// <summary>pr_uid in struct elf_prpsinfo, of 16 bits on i386.</summary>
    public required int ProcessUser { get; init; }

    /// <summary>pr_pid in struct elf_prpsinfo.</summary>
    public required int ProcessId { get; init; }

    /// <summary>pr_fname in struct elf_prpsinfo.</summary>
    public required int ProcessName { get; init; }

    public static CoreLayout Of(ReadOnlySpan<byte> program) => ProcessProgram.Is32Bit(program) ? Bits32 : Bits64;

    public ulong Read(ReadOnlySpan<byte> at) => Word == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);

    public void Write(Span<byte> at, ulong value)
    {
        if (Word == 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(at, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(at, unchecked((uint)value));
        }
    }
}
