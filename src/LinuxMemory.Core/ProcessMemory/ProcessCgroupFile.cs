using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>/proc/PID/cgroup: "0::/system.slice/ssh.service" (version 2) and "1:memory:/group", a line a hierarchy of version 1.</summary>
public static class ProcessCgroupFile
{
    /// <summary>The path of the cgroup that accounts the process's memory: where version 1 has the memory controller, that one; null when there is none.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static string? Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        string? unified = null;
        while (reader.ReadLine(out KernelLine line))
        {
            line.TakeUntil((byte)':');
            ReadOnlySpan<byte> controllers = line.TakeUntil((byte)':');
            if (HasMemory(controllers))
            {
                return Encoding.UTF8.GetString(line.Rest);
            }
            if (controllers.IsEmpty)
            {
                unified = Encoding.UTF8.GetString(line.Rest);
            }
        }
        return unified;
    }

    private static bool HasMemory(ReadOnlySpan<byte> controllers)
    {
        while (!controllers.IsEmpty)
        {
            int end = controllers.IndexOf((byte)',');
            ReadOnlySpan<byte> one = end < 0 ? controllers : controllers[..end];
            if (one.SequenceEqual("memory"u8))
            {
                return true;
            }
            controllers = end < 0 ? [] : controllers[(end + 1)..];
        }
        return false;
    }
}
