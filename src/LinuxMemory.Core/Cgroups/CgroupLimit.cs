namespace LinuxMemory;

/// <summary>The limits of a cgroup that can be set.</summary>
public enum CgroupLimit
{
    /// <summary>Bytes that are never reclaimed while other memory is there. Version 2.</summary>
    Min,
    /// <summary>Bytes that are reclaimed only when nothing else is left; the soft limit of version 1.</summary>
    Low,
    /// <summary>Bytes above which the group is slowed down and reclaimed. Version 2.</summary>
    High,
    /// <summary>Bytes that the group can use at most.</summary>
    Max,
    /// <summary>Bytes of swap at most; in version 1 on top of Max, as one number.</summary>
    SwapMax,
}

/// <summary>How limits are called by the kernel and by systemd.</summary>
internal static class CgroupLimitNames
{
    /// <summary>The file that holds a limit; null where the version has none.</summary>
    public static string? FileOf(CgroupLimit limit, int version) => (limit, version) switch
    {
        (CgroupLimit.Min, 2) => "memory.min",
        (CgroupLimit.Low, 2) => "memory.low",
        (CgroupLimit.High, 2) => "memory.high",
        (CgroupLimit.Max, 2) => "memory.max",
        (CgroupLimit.SwapMax, 2) => "memory.swap.max",
        (CgroupLimit.Low, _) => "memory.soft_limit_in_bytes",
        (CgroupLimit.Max, _) => "memory.limit_in_bytes",
        (CgroupLimit.SwapMax, _) => "memory.memsw.limit_in_bytes",
        _ => null,
    };

    /// <summary>The property of a systemd unit. Source: systemd.resource-control(5).</summary>
    public static string PropertyOf(CgroupLimit limit) => $"Memory{limit}";

    /// <summary>A number of bytes as a limit is shown: "max" for none.</summary>
    public static string Text(long bytes) => bytes == CgroupValueFile.Unlimited ? "max" : bytes.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
