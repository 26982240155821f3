using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Where memory runs out, and the number of pages that the kernel's OOM killer measures everybody by: the machine, or one cgroup.</summary>
public sealed record OomScope
{
    private OomScope()
    {
    }

    /// <summary>The group that runs out; null for the whole machine.</summary>
    public string? Cgroup { get; private init; }

    /// <summary>The group whose limit is the measure: Cgroup itself, or where it has no limit the group above that limits it; null for the machine's memory and swap.</summary>
    public string? LimitedBy { get; private init; }

    /// <summary>The measure in pages: all memory and swap, or the group's limit with the swap that it may use.</summary>
    public required long TotalPages { get; init; }

    /// <summary>Bytes in a page.</summary>
    public required int PageSize { get; init; }

    /// <summary>The measure in bytes.</summary>
    public long Total => TotalPages * PageSize;

    /// <summary>The whole machine.</summary>
    /// <exception cref="KernelException">A file is absent or denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static OomScope Of(Machine machine)
    {
        int page = LinuxMemory.PageSize.Of(machine);
        MemInfo memory = MemInfoFile.Read(machine);
        return new OomScope { PageSize = page, TotalPages = (memory.MemTotal / page) + ((memory.SwapTotal ?? 0) / page) };
    }

    /// <summary>One group and all below it.</summary>
    /// <exception cref="KernelException">There is no such group, or it is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static OomScope Of(Machine machine, CgroupTree tree, string group)
    {
        ArgumentNullException.ThrowIfNull(tree);
        OomScope scope = Of(machine) with { Cgroup = group };
        // Who has no limit never runs out by itself.
        CgroupMemory limited = tree.Read(group);
        if (limited.Max is null && limited.LimitedBy is string above)
        {
            limited = tree.Read(above);
        }
        return limited.Max is long max
            ? scope with { LimitedBy = limited.Path, TotalPages = Math.Max(1, (max / scope.PageSize) + (Swap(machine, tree.Hierarchy, limited) / scope.PageSize)) }
            : scope;
    }

    // As mem_cgroup_get_max() in the kernel's mm/memcontrol.c: swap counts only where the group would swap.
    private static long Swap(Machine machine, CgroupHierarchy hierarchy, CgroupMemory group)
    {
        string own = $"{hierarchy.DirectoryOf(group.Path)}/memory.swappiness";
        long? swappiness = (hierarchy.Version == 1 ? machine.TryReadNumber(own) : null) ?? machine.TryReadNumber("proc/sys/vm/swappiness");
        long all = MemInfoFile.Read(machine).SwapTotal ?? 0;
        return swappiness == 0 ? 0 : Math.Min(group.SwapMax ?? all, all);
    }
}
