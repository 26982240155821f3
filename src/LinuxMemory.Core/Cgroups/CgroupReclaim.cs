using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The ways in which the kernel can be asked to reclaim the memory of one group. Directories are relative to the machine.</summary>
internal static class CgroupReclaim
{
    private const string ReclaimFile = "memory.reclaim";
    private const string HighFile = "memory.high";

    /// <summary>Bytes that a group uses; null where it does not say.</summary>
    public static long? Current(Machine machine, string directory, int version) =>
        CgroupValueFile.Read(machine, $"{directory}/{(version == 2 ? "memory.current" : "memory.usage_in_bytes")}");

    /// <summary>Asks for one piece, by memory.reclaim or where that is missing by memory.high; false when the kernel found less than that.</summary>
    /// <exception cref="KernelException">The kernel refuses.</exception>
    public static bool TryTake(Machine machine, string directory, long bytes, int? swappiness)
    {
        string path = $"{directory}/{ReclaimFile}";
        if (!machine.Exists(path))
        {
            return TryTakeByHigh(machine, directory, bytes);
        }
        string how = swappiness is int value ? string.Create(CultureInfo.InvariantCulture, $" swappiness={value}") : "";
        try
        {
            machine.Write(path, string.Create(CultureInfo.InvariantCulture, $"{bytes}{how}\n"));
            return true;
        }
        catch (KernelException e) when (e.Errno == Errno.EAGAIN)
        {
            // Less than was asked for: a result, no failure.
            return false;
        }
        catch (KernelException e) when (e.Errno == Errno.EINVAL && swappiness is not null)
        {
            throw new ReclaimSwappinessException(e);
        }
    }

    /// <summary>Reclaims until the group of version 2 uses no more than so much, or nothing more can be had.</summary>
    public static void Below(Machine machine, string directory, long bytes)
    {
        while (Current(machine, directory, 2) is long current && current > bytes)
        {
            bool all = machine.Exists($"{directory}/{ReclaimFile}") && TryTake(machine, directory, current - bytes, null);
            if (!all || Current(machine, directory, 2) >= current)
            {
                return;
            }
        }
    }

    /// <summary>Reclaims all of a group of version 1.</summary>
    /// <exception cref="KernelException">The kernel refuses, or was interrupted.</exception>
    public static void Empty(Machine machine, string directory) => machine.Write($"{directory}/memory.force_empty", "0\n");

    // Writing a lower memory.high reclaims at once; it is put back, so that the group is not slowed down afterwards.
    private static bool TryTakeByHigh(Machine machine, string directory, long bytes)
    {
        long goal = Math.Max(0, (Current(machine, directory, 2) ?? 0) - bytes);
        using (new Ceiling(machine, directory, goal))
        {
            return Current(machine, directory, 2) <= goal;
        }
    }

    /// <summary>A memory.high that is lower for a while.</summary>
    public sealed class Ceiling : IDisposable
    {
        private readonly Machine _machine;
        private readonly string _path;
        private readonly string? _before;

        public Ceiling(Machine machine, string directory, long bytes)
        {
            _machine = machine;
            _path = $"{directory}/{HighFile}";
            if (Current(machine, directory, 2) > bytes && CgroupValueFile.Read(machine, _path) is long high && high > bytes)
            {
                _before = CgroupLimitNames.Text(high);
                machine.Write(_path, string.Create(CultureInfo.InvariantCulture, $"{bytes}\n"));
            }
        }

        public void Dispose()
        {
            if (_before is not null)
            {
                _machine.Write(_path, _before + "\n");
            }
        }
    }
}

/// <summary>A kernel whose memory.reclaim takes no swappiness.</summary>
public sealed class ReclaimSwappinessException : KernelException
{
    internal ReclaimSwappinessException(KernelException refused)
        : base(refused.Errno, refused.Operation, refused.Target,
            $"{refused.Operation} {refused.Target}: {refused.Errno.Describe()}: this kernel takes no swappiness with it, which came with Linux 6.9. Leave out -Swappiness")
    {
    }
}
