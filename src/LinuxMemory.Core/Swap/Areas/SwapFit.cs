using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Whether what is in a swap area fits into memory when the area is taken out of use.</summary>
internal static class SwapFit
{
    private const long LargestReserve = 1L << 30;
    private const int ReservePercent = 5;

    /// <summary>Makes sure that it fits.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="area">The area.</param>
    /// <param name="room">Bytes that go elsewhere instead of into memory.</param>
    /// <exception cref="SwapRefusedException">It does not.</exception>
    public static void Require(Machine machine, ActiveSwap area, long room = 0)
    {
        MemInfo memory = MemInfoFile.Read(machine);
        long available = memory.MemAvailable ?? memory.MemFree;
        long reserve = Math.Min(LargestReserve, memory.MemTotal / 100 * ReservePercent);
        if (area.Used > 0 && area.Used > available - reserve + room)
        {
            throw new SwapRefusedException(SwapProblem.DoesNotFit, Errno.ENOMEM, area.Path,
                $"{area.Path} holds {SwapText.Size(area.Used)} that would come back to memory, and of {SwapText.Size(available)} available {SwapText.Size(reserve)} are kept as a reserve: "
                + "the machine would start to kill processes. Free memory, or add another area first (New-SwapFile). -Force tries it all the same.");
        }
    }
}
