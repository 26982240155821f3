namespace LinuxMemory.Kernel;

/// <summary>System calls that younger kernels have and older ones lack. The numbers are the same on every architecture.</summary>
public enum ProbedCall
{
    /// <summary>pidfd_open(2), since 5.3.</summary>
    PidfdOpen = 434,
    /// <summary>openat2(2), since 5.6.</summary>
    Openat2 = 437,
    /// <summary>process_madvise(2), since 5.10.</summary>
    ProcessMadvise = 440,
    /// <summary>process_mrelease(2), since 5.15.</summary>
    ProcessMrelease = 448,
    /// <summary>cachestat(2), since 6.5.</summary>
    Cachestat = 451,
}
