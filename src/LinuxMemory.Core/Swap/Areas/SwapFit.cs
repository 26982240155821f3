using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Whether what is in a swap area fits into memory when the area is taken out of use.</summary>
internal static class SwapFit
{
    private const long LargestReserve = 1L << 30;
    private const int ReservePercent = 5;

    private static readonly string[] FileKeys = ["active_file", "inactive_file"];

    /// <summary>Makes sure that it fits into the machine's memory, and into the limit of each cgroup that has memory in swap.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="area">The area.</param>
    /// <param name="room">Bytes that go elsewhere instead of into memory.</param>
    /// <exception cref="SwapRefusedException">It does not.</exception>
    public static void Require(Machine machine, ActiveSwap area, long room = 0)
    {
        if (area.Used == 0)
        {
            return;
        }
        MemInfo memory = MemInfoFile.Read(machine);
        long available = memory.MemAvailable ?? memory.MemFree;
        long reserve = Math.Min(LargestReserve, memory.MemTotal / 100 * ReservePercent);
        if (area.Used > available - reserve + room)
        {
            throw Refuse(area, $"{area.Path} holds {ByteText.Of(area.Used)} that would come back to memory, and of {ByteText.Of(available)} available {ByteText.Of(reserve)} are kept as a reserve: "
                + "the machine would start to kill processes. Free memory, or add another area first (New-SwapFile).");
        }
        // The kernel charges a page to the group that it belonged to, also when swapoff brings it back, and reclaims there first.
        long elsewhere = room + SwapsFile.Read(machine).Where(other => other.Path != area.Path).Sum(other => other.Size - other.Used);
        if (TightGroup(machine, area.Used, elsewhere) is CgroupMemory group)
        {
            throw Refuse(area, $"The cgroup {group.Path} has {ByteText.Of(group.SwapCurrent ?? 0)} in swap, and its limit of {ByteText.Of(group.Max ?? 0)} leaves too little room for what would come back, "
                + "nor does other swap: the kernel would kill processes there. Raise its limit (Set-CgroupMemoryLimit), or add another area first (New-SwapFile).");
        }
    }

    private static SwapRefusedException Refuse(ActiveSwap area, string message) =>
        new(SwapProblem.DoesNotFit, Errno.ENOMEM, area.Path, message + " -Force tries it all the same.");

    private static CgroupMemory? TightGroup(Machine machine, long used, long elsewhere)
    {
        try
        {
            return CgroupTree.Of(machine)?.ReadAll("/", (_, _) => { }).FirstOrDefault(group => IsTight(group, used, elsewhere));
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            // Groups that cannot be seen cannot be spared.
            return null;
        }
    }

    private static bool IsTight(CgroupMemory group, long used, long elsewhere) =>
        group is { Max: long most, Current: long now, SwapCurrent: long swapped and > 0 }
        && now - FilePages(group) + Math.Min(swapped, used) > most + elsewhere;

    // Pages of files are given up first. Version 1 counts those of the groups below with total_.
    private static long FilePages(CgroupMemory group) => FileKeys.Sum(name =>
        group.Statistics.TryGetValue("total_" + name, out long all) || group.Statistics.TryGetValue(name, out all) ? all : 0);
}
