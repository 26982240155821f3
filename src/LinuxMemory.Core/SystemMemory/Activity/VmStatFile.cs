using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>/proc/vmstat: "nr_free_pages 6110351", a line a counter, in the kernel's order.</summary>
public static class VmStatFile
{
    /// <summary>The counters of a machine, under the kernel's names.</summary>
    /// <exception cref="KernelException">The file is absent or denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyList<(string Name, long Value)> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelReader reader = machine.Read("proc/vmstat");
        return Parse(reader);
    }

    /// <summary>The counters in a text of that form, which the numastat and memory.stat files have, too.</summary>
    /// <exception cref="KernelFormatException">The text is cut or garbled.</exception>
    public static IReadOnlyList<(string Name, long Value)> Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        List<(string, long)> counters = new(192);
        while (reader.ReadLine(out KernelLine line))
        {
            string name = line.TakeText();
            counters.Add((name, line.TakeInt64()));
        }
        return counters.Count > 0 ? counters : throw reader.Ended("a counter and its value");
    }
}
