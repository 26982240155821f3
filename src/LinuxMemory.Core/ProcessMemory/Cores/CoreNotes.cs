using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// The notes of an ELF core: NT_PRSTATUS and the other registers of each thread, NT_PRPSINFO, NT_AUXV and NT_FILE. Registers are blocks that only the debugger of the same architecture looks into.
/// </summary>
internal sealed class CoreNotes(CoreLayout layout)
{
    private const uint ProcessInformation = 3;
    private const uint AuxiliaryVector = 6;
    private const uint MappedFiles = 0x46494c45;

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
        using (KernelReader reader = process.Read(process.Living("auxv")))
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
        using KernelReader reader = process.Read(process.Living("cmdline"));
        Arguments = Encoding.UTF8.GetString(reader.ReadToEnd()).TrimEnd('\0').Replace('\0', ' ');
        UserId = unchecked((uint)ProcessStatusFile.Read(process).RealUserId);
    }

    private void AddProcess(ProcessStat stat)
    {
        byte[] bytes = new byte[layout.ProcessName + NameSize + ArgumentsSize];
        Span<byte> note = bytes;
        note[0] = (byte)Math.Max(0, "RSDTZW".IndexOf(stat.State, StringComparison.Ordinal));
        note[1] = (byte)stat.State;
        note[2] = (byte)(stat.IsZombie ? 1 : 0);
        layout.Write(note[layout.ProcessFlags..], unchecked((ulong)stat.Flags));
        // On i386 two bytes of user and two of group.
        BinaryPrimitives.WriteUInt32LittleEndian(note[layout.ProcessUser..], layout.Word == 8 ? UserId : UserId & 0xffff);
        BinaryPrimitives.WriteInt32LittleEndian(note[layout.ProcessId..], stat.Id);
        BinaryPrimitives.WriteInt32LittleEndian(note[(layout.ProcessId + 4)..], stat.ParentId);
        Text(stat.Comm, note.Slice(layout.ProcessName, NameSize));
        Text(Arguments ?? "", note.Slice(layout.ProcessName + NameSize, ArgumentsSize));
        Add("CORE", ProcessInformation, note);
    }

    // Behind the registers stands pr_fpvalid, padded to a word.
    private byte[] Status(int thread, int parent, byte[] registers)
    {
        byte[] note = new byte[layout.StatusRegisters + registers.Length + layout.Word];
        BinaryPrimitives.WriteInt32LittleEndian(note.AsSpan(layout.StatusThread), thread);
        BinaryPrimitives.WriteInt32LittleEndian(note.AsSpan(layout.StatusThread + 4), parent);
        registers.CopyTo(note, layout.StatusRegisters);
        BinaryPrimitives.WriteInt32LittleEndian(note.AsSpan(layout.StatusRegisters + registers.Length), 1);
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

    private void WriteNumbers(ArrayBufferWriter<byte> stream, params ReadOnlySpan<ulong> numbers)
    {
        Span<byte> bytes = stackalloc byte[layout.Word];
        foreach (ulong number in numbers)
        {
            layout.Write(bytes, number);
            stream.Write(bytes);
        }
    }
}
