namespace LinuxMemory.Fixtures;

/// <summary>
/// A file system of its own on a loop device, mounted in a directory that goes with the test. The test is skipped where the
/// kernel, the privilege or the program that formats is missing.
/// </summary>
public sealed class LoopDisk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-disk-").FullName;
    private string? _device;
    private bool _isMounted;

    private LoopDisk()
    {
    }

    /// <summary>Where it is mounted.</summary>
    public string Root => Path.Join(_folder, "mount");

    /// <summary>The file behind it.</summary>
    public string Backing => Path.Join(_folder, "back", "disk");

    /// <summary>Makes one; <paramref name="backingSize"/> limits what the sparse file behind it can hold, so that the disk fails beyond.</summary>
    public static LoopDisk Make(string type, long size, long? backingSize = null, string mountOptions = "defaults")
    {
        Skip(Live.Obstacle);
        Skip(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Join(folder, "mkfs." + type))) ? null : $"mkfs.{type} is not installed");
        LoopDisk disk = new();
        try
        {
            disk.Set(type, size, backingSize, mountOptions);
            return disk;
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    /// <summary>Bytes that are free for root.</summary>
    public long Free => long.Parse(Run("stat", "-f", "-c", "%f", Root)) * long.Parse(Run("stat", "-f", "-c", "%S", Root));

    /// <summary>What is in it beside what mkfs made.</summary>
    public string[] Entries => [.. Directory.GetFileSystemEntries(Root).Select(path => Path.GetFileName(path)!).Where(name => name != "lost+found").Order(StringComparer.Ordinal)];

    /// <summary>Mounts it again with other options.</summary>
    public void Remount(string options) => Run("mount", "-o", "remount," + options, Root);

    public void Dispose()
    {
        if (_isMounted)
        {
            // What a failed test left in use would stay; /proc/swaps may show it by another path.
            foreach (string file in File.ReadLines("/proc/swaps").Count() == 1 ? [] : Directory.GetFiles(Root))
            {
                Live.Run("swapoff", file);
            }
            Live.Run("umount", Root);
        }
        if (_device is not null)
        {
            Live.Run("losetup", "-d", _device);
        }
        Live.Run("umount", Path.Join(_folder, "back"));
        Directory.Delete(_folder, recursive: true);
    }

    private void Set(string type, long size, long? backingSize, string mountOptions)
    {
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Path.GetDirectoryName(Backing)!);
        if (backingSize is long limit)
        {
            Run("mount", "-t", "tmpfs", "-o", $"size={limit}", "none", Path.GetDirectoryName(Backing)!);
        }
        using (FileStream file = File.Create(Backing))
        {
            file.SetLength(size);
        }
        (int code, string output) = Live.Run("losetup", "--find", "--show", Backing);
        Skip(code == 0 ? null : $"no loop device: {output.Trim()}");
        _device = output.Trim();
        // ext would take blocks of 1 KiB for so small a disk, and then pages of a file do not lie as the kernel needs them for swap.
        Run("mkfs." + type, type.StartsWith("ext", StringComparison.Ordinal) ? ["-qF", "-b", "4096", _device] : ["-f", _device]);
        (code, output) = Live.Run("mount", "-t", type, "-o", mountOptions, _device, Root);
        Skip(code == 0 ? null : $"this kernel does not mount {type}: {output.Trim()}");
        _isMounted = true;
    }

    private static string Run(string program, params string[] arguments)
    {
        (int code, string output) = Live.Run(program, arguments);
        return code == 0 ? output.Trim() : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output}");
    }

    // xunit's own way to skip, without its package here.
    private static void Skip(string? reason)
    {
        if (reason is not null)
        {
            throw new InvalidOperationException("$XunitDynamicSkip$" + reason);
        }
    }
}
