using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The capabilities that a process acts with: "CapEff:	000001ffffffffff" of /proc/PID/status.</summary>
internal static class EffectiveCapabilities
{
    public const int SysAdmin = 21;

    /// <summary>The bits.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static ulong Parse(KernelReader reader)
    {
        while (reader.ReadLine(out KernelLine line))
        {
            if (line.TrySkip("CapEff:"u8))
            {
                return line.TakeHex();
            }
        }
        throw reader.Ended("the key CapEff");
    }

    /// <summary>True when a process has one for the whole machine: those of a user namespace count only inside of it.</summary>
    /// <exception cref="KernelException">It has ended, or it is hidden from us.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static bool HasForMachine(KernelDirectory process, int bit)
    {
        using KernelReader status = process.Read("status");
        return ((Parse(status) >> bit) & 1) != 0 && IsInFirstNamespace(process);
    }

    // Anybody may read uid_map, but not where ns/user leads to. The first namespace maps all users to themselves.
    private static bool IsInFirstNamespace(KernelDirectory process)
    {
        using KernelReader? map = process.TryRead("uid_map");
        return map is null || (map.ReadLine(out KernelLine line) && line.TakeInt64() == 0 && line.TakeInt64() == 0 && line.TakeInt64() == uint.MaxValue);
    }
}
