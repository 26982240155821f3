using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// A stretch of a process's address space with one set of rights. Sizes are bytes. What the kernel did not say is null: all
/// that stands in smaps alone, when only maps was read.
/// </summary>
public sealed partial class ProcessMemoryMapping
{
    private static readonly IReadOnlyDictionary<string, long> NoExtra = new ReadableCounts();

    private ReadableCounts? _extra;

    internal ProcessMemoryMapping(int processId, string processName, ulong start, ulong end, MappingAccess access)
    {
        ProcessId = processId;
        ProcessName = processName;
        Start = start;
        End = end;
        Access = access;
    }

    /// <summary>The process that has the mapping.</summary>
    public int ProcessId { get; }

    /// <summary>That process's short name. Source: the second field of its stat.</summary>
    public string ProcessName { get; }

    /// <summary>The first address.</summary>
    public ulong Start { get; }

    /// <summary>The first address behind.</summary>
    public ulong End { get; }

    /// <summary>Bytes of address space: End - Start.</summary>
    public long Size => unchecked((long)(End - Start));

    /// <summary>The rights as the kernel writes them: "rw-p" is readable, writable, not executable, private.</summary>
    public string Permissions => MappingAccessText.Of(Access);

    /// <summary>True when the process may read it.</summary>
    public bool IsReadable => (Access & MappingAccess.Read) != 0;

    /// <summary>True when the process may write it.</summary>
    public bool IsWritable => (Access & MappingAccess.Write) != 0;

    /// <summary>True when the process may run code in it.</summary>
    public bool IsExecutable => (Access & MappingAccess.Execute) != 0;

    /// <summary>True when others see what is written; false when writing makes a private copy.</summary>
    public bool IsShared => (Access & MappingAccess.Shared) != 0;

    /// <summary>Bytes from the beginning of the file; for devices whatever the driver takes it for; 0 without a file.</summary>
    public ulong Offset { get; internal init; }

    /// <summary>The device that holds the file, major:minor in hexadecimal: "fe:00"; "00:00" without a file.</summary>
    public required string Device { get; init; }

    /// <summary>The file's inode number; 0 without a file.</summary>
    public ulong Inode { get; internal init; }

    /// <summary>
    /// The file, without the kernel's " (deleted)"; null without one. The kernel writes a newline in a name as \012 and does not mark a
    /// backslash, so that a name which really holds \012 is read as one with a newline.
    /// </summary>
    public string? Path { get; internal init; }

    /// <summary>True when the file was deleted or replaced after it had been mapped; false for what never has a name, such as memfd.</summary>
    public bool IsDeleted { get; internal init; }

    /// <summary>What the mapping is to the program.</summary>
    public ProcessMemoryKind Kind { get; internal set; }

    /// <summary>The kernel's name for what is no file: "[heap]", "[anon: name]", "anon_inode:[perf_event]"; null without one.</summary>
    public string? Label { get; internal init; }

    /// <summary>The thread whose stack it is; null when it is not known to be a thread's stack.</summary>
    public int? ThreadId { get; internal set; }

    /// <summary>That thread's name, as the program gave it (PR_SET_NAME); null where it has ended meanwhile, and on trees without it. Source: task/TID/comm.</summary>
    public string? ThreadName { get; internal set; }

    /// <summary>Keys that this version of the module does not know: bytes where the kernel writes kB, plain numbers elsewhere.</summary>
    public IReadOnlyDictionary<string, long> Extra => _extra ?? NoExtra;

    /// <summary>"7f0a75a50000-7f0a75a76000 r--p /usr/lib/libc.so.6", as maps begins and ends its lines.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start:x}-{End:x} {Permissions} {Path ?? Label ?? Kind.ToString()}");

    internal MappingAccess Access { get; }

    internal void AddExtra(string key, long value) => (_extra ??= [])[key] = value;
}
