using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>One mount, as a process sees it.</summary>
public sealed record MountInfo
{
    /// <summary>The device as sysfs names it, "254:0"; "0:32" where there is none below.</summary>
    public required string Device { get; init; }

    /// <summary>The directory of the file system that is mounted: "/" unless a part of it is (a bind mount, a cgroup namespace).</summary>
    public required string Root { get; init; }

    /// <summary>Where it is mounted, below the process's root directory.</summary>
    public required string MountPoint { get; init; }

    /// <summary>The type: "cgroup2", "hugetlbfs".</summary>
    public required string FileSystem { get; init; }

    /// <summary>The device, or whatever name was given to mount(8); empty where there was none.</summary>
    public required string Source { get; init; }

    /// <summary>Options of the file system, by comma: "rw,memory". A v1 cgroup mount lists its controllers here.</summary>
    public required string Options { get; init; }
}

/// <summary>/proc/PID/mountinfo: "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory".</summary>
public static class MountInfoFile
{
    /// <summary>Reads the mounts that a process sees; none where the file is absent.</summary>
    /// <exception cref="KernelException">The file is denied, or the process has ended.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyList<MountInfo> Read(Machine machine, string process = "self")
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelReader? reader = machine.TryRead($"proc/{process}/mountinfo");
        return reader is null ? [] : Parse(reader);
    }

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyList<MountInfo> Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        List<MountInfo> mounts = [];
        while (reader.ReadLine(out KernelLine line))
        {
            mounts.Add(ParseLine(ref line));
        }
        return mounts;
    }

    private static MountInfo ParseLine(ref KernelLine line)
    {
        line.TakeInt32();
        line.TakeInt32();
        string device = line.TakeText();
        string root = line.TakePath();
        string mountPoint = line.TakePath();
        line.TakeField();
        // Any number of optional fields such as "shared:9", up to a single dash.
        while (!line.TakeField().SequenceEqual("-"u8))
        {
        }
        string fileSystem = line.TakeText();
        string source = line.TakePath();
        string options = Encoding.UTF8.GetString(line.TakeFieldOrEmpty());
        // A source may be empty: then two blanks follow each other, and what was taken is the last field.
        return new MountInfo
        {
            Device = device,
            Root = root,
            MountPoint = mountPoint,
            FileSystem = fileSystem,
            Source = options.Length > 0 ? source : "",
            Options = options.Length > 0 ? options : source,
        };
    }
}
