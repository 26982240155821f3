namespace LinuxMemory;

/// <summary>How the kernel makes a score of badness.</summary>
public static class OomBadness
{
    /// <summary>The score that /proc/PID/oom_score shows since 5.9: (1000 + badness * 1000 / total) * 2 / 3, each quotient cut, as proc_oom_score() in fs/proc/base.c does.</summary>
    public static long Score(long badness, long totalPages) => totalPages == 0 ? 0 : (1000 + (badness * 1000 / totalPages)) * 2 / 3;

    /// <summary>The score that kernels from 3.x to 5.8 show: badness * 1000 / total, and at least 0.</summary>
    public static long ScoreBefore59(long badness, long totalPages) => totalPages == 0 ? 0 : Math.Max(1, badness) * 1000 / totalPages;
}
