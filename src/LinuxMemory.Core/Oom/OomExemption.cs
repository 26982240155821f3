namespace LinuxMemory;

/// <summary>Why the kernel can never choose a process when memory runs out. Source: oom_badness() in the kernel's mm/oom_kill.c.</summary>
public enum OomExemption
{
    /// <summary>It can be chosen.</summary>
    None,
    /// <summary>It is the machine's first process; without it the kernel panics. The first process of a container is not exempt.</summary>
    Init,
    /// <summary>It is a thread of the kernel.</summary>
    KernelThread,
    /// <summary>Its oom_score_adj is -1000.</summary>
    OomScoreAdj,
    /// <summary>It has no memory: it has ended and waits for its parent to ask.</summary>
    NoMemory,
    /// <summary>It was just started with vfork and still runs on the memory of its parent.</summary>
    SharesParentMemory,
    /// <summary>The kernel says that it is never chosen, for a reason that it does not show: its memory has been given back already.</summary>
    MemoryGivenBack,
}
