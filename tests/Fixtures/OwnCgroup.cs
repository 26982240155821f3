using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Fixtures;

/// <summary>A memory group of a live test's own, right below the topmost one; removed with what runs in it.</summary>
public sealed class OwnCgroup : IDisposable
{
    private readonly List<MemoryHolder> _holders = [];
    private readonly List<string> _inner = [];

    public OwnCgroup()
    {
        CgroupHierarchy hierarchy = CgroupHierarchy.OfMemory(Machine.Live) ?? throw new InvalidOperationException("no memory groups");
        Version = hierarchy.Version;
        Path = $"/linuxmemory-test-{Environment.ProcessId}-{Guid.NewGuid():N}";
        Directory = "/" + hierarchy.DirectoryOf(Path);
        System.IO.Directory.CreateDirectory(Directory);
        // With swap the group would not run out.
        File.WriteAllText($"{Directory}/{(Version == 2 ? "memory.swap.max" : "memory.swappiness")}", "0");
    }

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Obstacle => Live.Obstacle
        ?? (CgroupHierarchy.OfMemory(Machine.Live) is CgroupHierarchy hierarchy
            && (hierarchy.Version == 1 || File.ReadAllText($"/{hierarchy.MountPoint}/cgroup.subtree_control").Contains("memory", StringComparison.Ordinal))
            ? null : "no cgroup hierarchy that accounts memory");

    public int Version { get; }

    public string Path { get; }

    public string Directory { get; }

    public long Current => Number(Version == 2 ? "memory.current" : "memory.usage_in_bytes");

    public long? Max
    {
        get => CgroupValueFile.Read(Machine.Live, $"{Directory}/{MaxFile}".TrimStart('/')) is < CgroupValueFile.Unlimited and long bytes ? bytes : null;
        set => File.WriteAllText($"{Directory}/{MaxFile}", value is long bytes ? bytes.ToString(CultureInfo.InvariantCulture) : Version == 2 ? "max" : "-1");
    }

    private string MaxFile => Version == 2 ? "memory.max" : "memory.limit_in_bytes";

    /// <summary>Lets the group's memory go to swap, which it may not by itself.</summary>
    public void AllowSwap() => File.WriteAllText($"{Directory}/{(Version == 2 ? "memory.swap.max" : "memory.swappiness")}", Version == 2 ? "max" : "100");

    public long Number(string file) => long.Parse(File.ReadAllText($"{Directory}/{file}"), CultureInfo.InvariantCulture);

    /// <summary>Makes a group below it.</summary>
    public string MakeInner(string name)
    {
        string inner = $"{Directory}/{name}";
        System.IO.Directory.CreateDirectory(inner);
        _inner.Add(inner);
        return inner;
    }

    /// <summary>Starts a program in the group that holds so much memory, and can take more.</summary>
    public MemoryHolder Start(long bytes, string? inner = null)
    {
        MemoryHolder holder = new(inner ?? Directory);
        _holders.Add(holder);
        holder.Take(bytes);
        return holder;
    }

    public void Dispose()
    {
        foreach (MemoryHolder holder in _holders)
        {
            holder.Dispose();
        }
        foreach (string directory in Enumerable.Reverse(_inner.Prepend(Directory)))
        {
            // A process that was killed leaves its group a moment later.
            for (int attempt = 0; System.IO.Directory.Exists(directory) && attempt < 200; attempt++)
            {
                try
                {
                    System.IO.Directory.Delete(directory);
                }
                catch (IOException) when (attempt < 199)
                {
                    Thread.Sleep(10);
                }
            }
        }
    }
}

/// <summary>tail(1), which keeps a line in memory until it ends: each byte that it is given is a byte that it holds.</summary>
public sealed class MemoryHolder : IDisposable
{
    private readonly Process _process;

    internal MemoryHolder(string group)
    {
        _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "echo $$ > \"$1/cgroup.procs\" && exec tail", "sh", group])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        while (!_process.HasExited && File.ReadAllText($"/proc/{_process.Id}/comm") != "tail\n")
        {
            Thread.Sleep(1);
        }
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>128 + 9 for one that was killed.</summary>
    public int ExitCode => _process.ExitCode;

    public long Rss => ProcessStat() is ProcessStat stat ? stat.RssPages * Environment.SystemPageSize : 0;

    public int Adjustment
    {
        set => File.WriteAllText($"/proc/{Id}/oom_score_adj", value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Makes it hold so many bytes more, and waits until it does or is killed.</summary>
    public void Take(long bytes)
    {
        byte[] zeros = new byte[64 * 1024];
        long goal = Rss + bytes;
        try
        {
            for (long left = bytes; left > 0 && !HasEnded; left -= zeros.Length)
            {
                _process.StandardInput.BaseStream.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
                _process.StandardInput.BaseStream.Flush();
            }
        }
        catch (IOException)
        {
            // It was killed meanwhile.
        }
        for (int wait = 0; wait < 500 && !HasEnded && Rss < goal - (256 * 1024); wait++)
        {
            Thread.Sleep(2);
        }
    }

    /// <summary>Gives it bytes to hold, none of them a newline.</summary>
    public void Give(byte[] bytes)
    {
        _process.StandardInput.BaseStream.Write(bytes);
        _process.StandardInput.BaseStream.Flush();
    }

    /// <summary>Ends it: it writes what it held.</summary>
    public byte[] Finish()
    {
        _process.StandardInput.Close();
        using MemoryStream all = new();
        _process.StandardOutput.BaseStream.CopyTo(all);
        _process.WaitForExit();
        return all.ToArray();
    }

    public bool WaitForEnd(TimeSpan time) => _process.WaitForExit(time);

    public void Dispose()
    {
        if (!HasEnded)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private ProcessStat? ProcessStat()
    {
        try
        {
            using KernelDirectory directory = ProcessList.Open(Machine.Live, Id);
            return ProcessStatFile.Read(directory);
        }
        catch (KernelException)
        {
            return null;
        }
    }
}
