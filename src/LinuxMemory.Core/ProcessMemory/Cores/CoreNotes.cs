using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// The notes of an ELF core: NT_PRSTATUS and the other registers of each thread, NT_PRPSINFO, NT_AUXV and NT_FILE. Layouts are those of
/// linux/elfcore.h on machines of 64 bits; registers are blocks that only the debugger of the same architecture looks into.
/// </summary>
internal sealed class CoreNotes
{
    private const uint ProcessInformation = 3;
    private const uint AuxiliaryVector = 6;
    private const uint MappedFiles = 0x46494c45;

    // struct elf_prstatus up to the registers, and pr_fpvalid with its padding behind.
    private const int BeforeRegisters = 112;
    private const int ThreadId = 32;
    private const int ProcessInformationSize = 136;
    private const int NameSize = 16;
    private const int ArgumentsSize = 80;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public void AddThreads(IEnumerable<HeldThread> threads, ProcessStat stat)
    {
        bool isFirst = true;
        foreach (HeldThread thread in threads.Where(thread => thread.Registers.Count > 0))
        {
            foreach ((uint set, byte[] registers) in thread.Registers)
            {
                if (set == RegisterSets.General)
                {
                    Add("CORE", set, Status(thread.Id, stat.ParentId, registers));
                    if (isFirst)
                    {
                        AddProcess(stat);
                    }
                    isFirst = false;
                }
                else
                {
                    Add(set == RegisterSets.FloatingPoint ? "CORE" : "LINUX", set, registers);
                }
            }
        }
        if (isFirst)
        {
            AddProcess(stat);
        }
    }

    /// <summary>What the process was started with, such as the address of its [vdso]; what it was called.</summary>
    public void AddFiles(KernelDirectory process, IEnumerable<ProcessMemoryMapping> mappings, int pageSize)
    {
        using (KernelReader reader = process.Read("auxv"))
        {
            Add("CORE", AuxiliaryVector, reader.ReadToEnd());
        }
        ProcessMemoryMapping[] files = [.. mappings.Where(mapping => mapping is { Path: not null, Inode: > 0 })];
        ArrayBufferWriter<byte> text = new();
        WriteNumbers(text, (ulong)files.Length, (ulong)pageSize);
        foreach (ProcessMemoryMapping file in files)
        {
            WriteNumbers(text, file.Start, file.End, file.Offset / (ulong)pageSize);
        }
        foreach (ProcessMemoryMapping file in files)
        {
            text.Write(Encoding.UTF8.GetBytes(file.Path + "\0"));
        }
        Add("CORE", MappedFiles, text.WrittenSpan);
    }

    private string? Arguments { get; set; }

    private uint UserId { get; set; }

    /// <summary>Who the process is, for the note about it.</summary>
    public void Describe(KernelDirectory process)
    {
        using KernelReader reader = process.Read("cmdline");
        Arguments = Encoding.UTF8.GetString(reader.ReadToEnd()).TrimEnd('\0').Replace('\0', ' ');
        UserId = unchecked((uint)ProcessStatusFile.Read(process).RealUserId);
    }

    private void AddProcess(ProcessStat stat)
    {
        Span<byte> note = stackalloc byte[ProcessInformationSize];
        note.Clear();
        note[0] = (byte)Math.Max(0, "RSDTZW".IndexOf(stat.State, StringComparison.Ordinal));
        note[1] = (byte)stat.State;
        note[2] = (byte)(stat.IsZombie ? 1 : 0);
        BinaryPrimitives.WriteUInt64LittleEndian(note[8..], unchecked((ulong)stat.Flags));
        BinaryPrimitives.WriteUInt32LittleEndian(note[16..], UserId);
        BinaryPrimitives.WriteInt32LittleEndian(note[24..], stat.Id);
        BinaryPrimitives.WriteInt32LittleEndian(note[28..], stat.ParentId);
        Text(stat.Comm, note.Slice(40, NameSize));
        Text(Arguments ?? "", note.Slice(40 + NameSize, ArgumentsSize));
        Add("CORE", ProcessInformation, note);
    }

    private static byte[] Status(int thread, int parent, byte[] registers)
    {
        byte[] note = new byte[BeforeRegisters + registers.Length + sizeof(ulong)];
        BinaryPrimitives.WriteInt32LittleEndian(note.AsSpan(ThreadId), thread);
        BinaryPrimitives.WriteInt32LittleEndian(note.AsSpan(ThreadId + 4), parent);
        registers.CopyTo(note, BeforeRegisters);
        BinaryPrimitives.WriteInt32LittleEndian(note.AsSpan(BeforeRegisters + registers.Length), 1);
        return note;
    }

    // Room for the NUL at the end is kept.
    private static void Text(string text, Span<byte> room)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bytes.AsSpan(0, Math.Min(bytes.Length, room.Length - 1)).CopyTo(room);
    }

    private void Add(string owner, uint type, ReadOnlySpan<byte> content)
    {
        byte[] name = Encoding.ASCII.GetBytes(owner + "\0");
        Span<byte> heading = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(heading, name.Length);
        BinaryPrimitives.WriteInt32LittleEndian(heading[4..], content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(heading[8..], type);
        _bytes.Write(heading);
        WritePadded(name);
        WritePadded(content);
    }

    private void WritePadded(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        _bytes.Write(stackalloc byte[-bytes.Length & 3]);
    }

    private static void WriteNumbers(ArrayBufferWriter<byte> stream, params ReadOnlySpan<ulong> numbers)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        foreach (ulong number in numbers)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
            stream.Write(bytes);
        }
    }
}
