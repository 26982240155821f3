namespace LinuxMemory;

/// <summary>What had run out when the kernel killed.</summary>
public enum OomEventScope
{
    /// <summary>The whole machine. Source: CONSTRAINT_NONE, or "Out of memory:".</summary>
    System,
    /// <summary>A cgroup that reached its limit. Source: CONSTRAINT_MEMCG, or "Memory cgroup out of memory:".</summary>
    Cgroup,
    /// <summary>The nodes that a cpuset allows. Source: CONSTRAINT_CPUSET.</summary>
    Cpuset,
    /// <summary>The nodes that a memory policy allows. Source: CONSTRAINT_MEMORY_POLICY.</summary>
    Policy,
}

/// <summary>How an out-of-memory report ended.</summary>
public enum OomOutcome
{
    /// <summary>A process was killed.</summary>
    Killed,
    /// <summary>The chosen process was already exiting, so that it was not killed. Since 5.1.</summary>
    AlreadyExiting,
    /// <summary>Nothing could be killed.</summary>
    NoVictim,
    /// <summary>The kernel panicked: vm.panic_on_oom is set, or nothing could be killed.</summary>
    Panic,
    /// <summary>The log ends before the report says.</summary>
    Unknown,
}
