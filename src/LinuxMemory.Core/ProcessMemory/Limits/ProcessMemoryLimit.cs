namespace LinuxMemory;

/// <summary>A resource of a process that has a limit of its own and that is memory. The numbers are the kernel's RLIMIT_ ones, the same on all architectures that .NET runs on.</summary>
public enum ProcessMemoryResource
{
    /// <summary>Private writable memory: data, heap and mmap, since 4.7; before, the heap of brk alone.</summary>
    Data = 2,
    /// <summary>The main thread's stack, and by default that of each new thread.</summary>
    Stack = 3,
    /// <summary>The core dump that the kernel writes when it crashes.</summary>
    Core = 4,
    /// <summary>Memory in use. The kernel keeps the number and enforces nothing since 2.4.30.</summary>
    Rss = 5,
    /// <summary>Memory locked with mlock.</summary>
    Locked = 8,
    /// <summary>Address space.</summary>
    AddressSpace = 9,
    /// <summary>POSIX message queues of the user.</summary>
    MessageQueue = 12,
}

/// <summary>One limit of one process, and how near it is. Sizes are bytes; no limit is null.</summary>
public sealed record ProcessMemoryLimit
{
    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>The name as Get-Process gives it.</summary>
    public required string Name { get; init; }

    /// <summary>What is limited.</summary>
    public required ProcessMemoryResource Resource { get; init; }

    /// <summary>Bytes at which the kernel refuses more; null for no limit.</summary>
    public required long? Soft { get; init; }

    /// <summary>Bytes up to which the process may raise its soft limit by itself; null for no limit.</summary>
    public required long? Hard { get; init; }

    /// <summary>Bytes in use: VmSize, VmData, VmStk, VmLck or VmRSS of status; null where the kernel does not say (Core, MessageQueue), and for a process without memory.</summary>
    public required long? InUse { get; init; }

    /// <summary>Bytes left: Soft - InUse; null without a limit or where InUse is not known. Below zero after the limit was set below the use.</summary>
    public long? Headroom => Soft - InUse;

    /// <summary>InUse in percent of Soft; null without a limit, or with one of 0.</summary>
    public double? UsedPercent => Soft > 0 ? 100.0 * InUse / Soft : null;
}
