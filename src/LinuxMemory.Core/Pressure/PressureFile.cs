using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>/proc/pressure/memory, since 4.20: "some avg10=0.12 avg60=0.03 avg300=0.00 total=4711", then "full ...", total in microseconds.</summary>
public static class PressureFile
{
    internal const string OfMachine = "proc/pressure/memory";
    internal const string MachineScope = "System";

    /// <summary>The pressure on the whole machine.</summary>
    /// <exception cref="KernelException">The kernel does not measure pressure, or the file is denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static MemoryPressure Read(Machine machine) => Read(machine, OfMachine, MachineScope);

    /// <summary>The pressure in one file of that form, for example a cgroup's memory.pressure.</summary>
    /// <exception cref="KernelException">The kernel does not measure pressure, or the file is denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static MemoryPressure Read(Machine machine, string path, string scope)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelReader reader = machine.Read(path);
        return Parse(reader, scope);
    }

    /// <summary>The pressure in the file's text.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static MemoryPressure Parse(KernelReader reader, string scope)
    {
        ArgumentNullException.ThrowIfNull(reader);
        MemoryPressure pressure = new() { Scope = scope };
        KernelLine some = reader.RequireLine("'some avg10='");
        some.Expect("some"u8);
        (pressure.SomeAverage10, pressure.SomeAverage60, pressure.SomeAverage300, pressure.SomeTotal) = TakeValues(ref some);
        if (reader.ReadLine(out KernelLine full))
        {
            full.Expect("full"u8);
            (pressure.FullAverage10, pressure.FullAverage60, pressure.FullAverage300, pressure.FullTotal) = TakeValues(ref full);
        }
        return pressure;
    }

    private static (double Ten, double Sixty, double ThreeHundred, TimeSpan Total) TakeValues(ref KernelLine line)
    {
        double ten = TakePercent(ref line, "avg10="u8);
        double sixty = TakePercent(ref line, "avg60="u8);
        double threeHundred = TakePercent(ref line, "avg300="u8);
        line.Expect("total="u8);
        long microseconds = line.TakeInt64();
        return microseconds is >= 0 and <= long.MaxValue / TimeSpan.TicksPerMicrosecond
            ? (ten, sixty, threeHundred, TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond))
            : throw line.Malformed("a number of microseconds");
    }

    private static double TakePercent(ref KernelLine line, ReadOnlySpan<byte> key)
    {
        line.Expect(key);
        return line.TakeDouble();
    }
}
