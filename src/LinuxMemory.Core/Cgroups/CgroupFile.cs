using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The group of a process in one hierarchy, as /proc/PID/cgroup names it.</summary>
public sealed record CgroupMembership
{
    /// <summary>The hierarchy's number; 0 is cgroup v2.</summary>
    public required int Hierarchy { get; init; }

    /// <summary>The controllers of a v1 hierarchy ("memory" or "cpu,cpuacct", "name=systemd"); empty for v2.</summary>
    public required string Controllers { get; init; }

    /// <summary>The group's path from the root of the reader's cgroup namespace; it begins with "/.." for a group outside of it.</summary>
    public required string Path { get; init; }

    internal bool HasMemory => Controllers.Split(',').Contains("memory");
}

/// <summary>/proc/PID/cgroup: "0::/user.slice" for cgroup v2, "4:memory:/docker/1a2b" for each hierarchy of v1.</summary>
public static class CgroupFile
{
    /// <summary>Reads a process's groups; none where the kernel has no cgroups.</summary>
    /// <exception cref="KernelException">The file is denied, or the process has ended.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyList<CgroupMembership> Read(Machine machine, string process = "self")
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelReader? reader = machine.TryRead($"proc/{process}/cgroup");
        return reader is null ? [] : Parse(reader);
    }

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyList<CgroupMembership> Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        List<CgroupMembership> groups = [];
        while (reader.ReadLine(out KernelLine line))
        {
            int hierarchy = line.TakeInt32();
            line.Expect(":"u8);
            // A path can hold colons; the names of controllers cannot.
            string controllers = Encoding.UTF8.GetString(line.TakeUntil((byte)':'));
            if (!line.Rest.StartsWith("/"u8))
            {
                throw line.Malformed("a path behind the second ':'");
            }
            groups.Add(new CgroupMembership { Hierarchy = hierarchy, Controllers = controllers, Path = Encoding.UTF8.GetString(line.Rest) });
        }
        return groups;
    }

    /// <summary>The path of the group that accounts the process's memory: of version 1 where it has the memory controller, else of version 2; null when there is none.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static string? ParseMemoryPath(KernelReader reader)
    {
        IReadOnlyList<CgroupMembership> groups = Parse(reader);
        return (groups.FirstOrDefault(group => group.HasMemory) ?? groups.FirstOrDefault(group => group.Hierarchy == 0))?.Path;
    }
}
