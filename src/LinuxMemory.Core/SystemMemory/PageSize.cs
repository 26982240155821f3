using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The size of a page, which turns the page counts of kernel files into bytes.</summary>
public static class PageSize
{
    private const int Usual = 4096;

    /// <summary>Bytes in a page of the machine. A tree of files tells it by its free memory, which stands once in kB and once in pages.</summary>
    /// <exception cref="KernelException">A file is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static int Of(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return machine.IsLive ? machine.Calls.PageSize : Estimate(machine);
    }

    // The two files are not read at the same moment, so the quotient is rounded to the nearest power of two.
    private static int Estimate(Machine machine)
    {
        using KernelReader? memory = machine.TryRead("proc/meminfo");
        using KernelReader? counters = machine.TryRead("proc/vmstat");
        if (memory is null || counters is null)
        {
            return Usual;
        }
        long free = MemInfoFile.Parse(memory, default).MemFree;
        long pages = VmStatFile.Parse(counters).FirstOrDefault(counter => counter.Name == "nr_free_pages").Value;
        if (free <= 0 || pages <= 0)
        {
            return Usual;
        }
        int power = (int)Math.Round(Math.Log2((double)free / pages));
        return power is >= 12 and <= 18 ? 1 << power : Usual;
    }
}
