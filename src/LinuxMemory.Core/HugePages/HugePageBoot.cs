using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// How pools come back at boot: the default size by sysctl.d, others by tmpfiles.d. Pages larger than the largest block of the
/// page allocator can often be had only before memory is broken up, so these belong on the kernel command line.
/// </summary>
public static class HugePageBoot
{
    /// <summary>True for pages that the page allocator has no block for, such as 1 GiB on x86-64 and 16 GiB on arm64.</summary>
    /// <exception cref="KernelException">A file is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static bool IsGigantic(Machine machine, long pageSize)
    {
        ArgumentNullException.ThrowIfNull(machine);
        // An image before its first boot has no such file; 4 MiB is the largest block nearly everywhere.
        return pageSize > (machine.Exists(BuddyInfoFile.Path) ? BuddyInfoFile.Read(machine).Max(row => (long?)row.BlockSize) ?? 0 : 4L << 20);
    }

    /// <summary>Plans the line that gives a pool its size at every boot; null for the default size means whichever that is.</summary>
    /// <exception cref="KernelException">A file is denied.</exception>
    public static IEnumerable<PlannedChange> Plan(Machine machine, long? pageSize, int? node, long count)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return Plan(machine, pageSize, node, HugePagePools.Count, "vm.nr_hugepages", count);
    }

    /// <summary>Plans how many surplus pages there may be now.</summary>
    /// <exception cref="KernelException">The machine has no pages of that size.</exception>
    public static PlannedChange PlanSurplus(Machine machine, long pageSize, long count) => KernelFileChange.Plan(
        machine, $"{HugePagePools.DirectoryOf(pageSize, null)}/{HugePagePools.Overcommit}",
        $"{HugePagePools.SettingOf(pageSize, null)}.{HugePagePools.Overcommit}", count.ToString(CultureInfo.InvariantCulture));

    /// <summary>The same at every boot for how many surplus pages there may be.</summary>
    /// <exception cref="KernelException">A file is denied.</exception>
    public static IEnumerable<PlannedChange> PlanOvercommit(Machine machine, long? pageSize, long count)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return Plan(machine, pageSize, null, HugePagePools.Overcommit, "vm.nr_overcommit_hugepages", count);
    }

    /// <summary>What the kernel command line needs for pools of such a size: "hugepagesz=1G hugepages=4", or "hugepages=0:2,1:2" by node, since 5.16.</summary>
    public static string CommandLine(long pageSize, IReadOnlyDictionary<int, long>? nodes, long count)
    {
        string pages = nodes is null
            ? count.ToString(CultureInfo.InvariantCulture)
            : string.Join(',', nodes.Select(node => string.Create(CultureInfo.InvariantCulture, $"{node.Key}:{node.Value}")));
        return $"hugepagesz={ShortSize(pageSize)} hugepages={pages}";
    }

    // As the kernel takes it: 2M, 1G, 64K.
    internal static string ShortSize(long size) => string.Create(CultureInfo.InvariantCulture,
        $"{(size % (1L << 30) == 0 ? $"{size >> 30}G" : size % (1L << 20) == 0 ? $"{size >> 20}M" : $"{size >> 10}K")}");

    private static IEnumerable<PlannedChange> Plan(Machine machine, long? pageSize, int? node, string file, string sysctl, long count)
    {
        string value = count.ToString(CultureInfo.InvariantCulture);
        if (node is null && (pageSize is null || pageSize == HugePagePools.DefaultSize(machine)))
        {
            return SettingChange.PlanBoot(machine, sysctl, value);
        }
        long size = pageSize ?? throw new KernelException(Errno.ENOENT, "find", "the default size of huge pages; give -PageSize");
        string path = $"{HugePagePools.DirectoryOf(size, node)}/{file}";
        return SettingName.FromPath(path) is string name
            ? SettingChange.PlanBoot(machine, name, value)
            : [SettingChange.TmpfilesLine(machine, HugePagePools.SettingOf(size, node), path, value)];
    }
}
