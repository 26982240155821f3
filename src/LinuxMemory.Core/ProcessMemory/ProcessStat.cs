namespace LinuxMemory;

/// <summary>What /proc/PID/stat says about a process, in the kernel's units. Addresses are null where the kernel hides them.</summary>
public sealed record ProcessStat
{
    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>The thread that state, flags, sizes and addresses are taken from since the first one has ended; null while that one lives.</summary>
    public int? LivingThread { get; init; }

    /// <summary>The name that the kernel keeps: at most 15 bytes, more only for kernel threads (since 5.17).</summary>
    public required string Comm { get; init; }

    /// <summary>True when the name fills all 15 bytes, so that it may have been cut.</summary>
    public required bool IsCommFull { get; init; }

    /// <summary>The state's letter: R running, S sleeping, D waiting for a device, Z zombie, T stopped, I idle kernel thread, X dead.</summary>
    public required char State { get; init; }

    /// <summary>The id of the parent; 0 for the first process and for kthreadd.</summary>
    public required int ParentId { get; init; }

    /// <summary>The kernel's PF_ flags.</summary>
    public required long Flags { get; init; }

    /// <summary>Page faults that needed no reading from disk.</summary>
    public required long MinorFaults { get; init; }

    /// <summary>Page faults that read from disk.</summary>
    public required long MajorFaults { get; init; }

    /// <summary>Number of threads.</summary>
    public required long Threads { get; init; }

    /// <summary>When it started, in clock ticks (1/100 s) after boot.</summary>
    public required long StartTicks { get; init; }

    /// <summary>Bytes of address space; 0 for kernel threads and zombies.</summary>
    public required long VirtualSize { get; init; }

    /// <summary>Pages in memory; 0 for kernel threads and zombies.</summary>
    public required long RssPages { get; init; }

    /// <summary>Where the program's code begins.</summary>
    public ulong? StartCode { get; init; }

    /// <summary>Where the program's code ends.</summary>
    public ulong? EndCode { get; init; }

    /// <summary>The bottom of the stack, its highest address.</summary>
    public ulong? StartStack { get; init; }

    /// <summary>Where initialized data begins. Since 3.3.</summary>
    public ulong? StartData { get; init; }

    /// <summary>Where data ends. Since 3.3.</summary>
    public ulong? EndData { get; init; }

    /// <summary>Where the heap can begin to grow with brk. Since 3.3.</summary>
    public ulong? StartBrk { get; init; }

    /// <summary>Where the arguments begin. Since 3.5.</summary>
    public ulong? ArgStart { get; init; }

    /// <summary>Where the arguments end. Since 3.5.</summary>
    public ulong? ArgEnd { get; init; }

    /// <summary>Where the environment begins. Since 3.5.</summary>
    public ulong? EnvStart { get; init; }

    /// <summary>Where the environment ends. Since 3.5.</summary>
    public ulong? EnvEnd { get; init; }

    /// <summary>True for a thread of the kernel, which has no memory of its own (PF_KTHREAD).</summary>
    public bool IsKernelThread => (Flags & 0x0020_0000) != 0;

    /// <summary>True for a process that has ended and waits for its parent to ask, or is about to (PF_EXITING); its memory is gone.</summary>
    public bool IsZombie => State is 'Z' or 'X' or 'x' || (Flags & 4) != 0;
}
