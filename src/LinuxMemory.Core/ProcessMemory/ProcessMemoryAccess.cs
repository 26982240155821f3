namespace LinuxMemory;

/// <summary>How much of a process's memory we may read.</summary>
public enum ProcessMemoryAccess
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>All but what needs a look into its page tables: Pss, Uss and SwapPss are null. Root or CAP_SYS_PTRACE may read them.</summary>
    NoPss,

    /// <summary>Nothing but its id: /proc is mounted with hidepid, or the tree's files are denied.</summary>
    Denied,
}
