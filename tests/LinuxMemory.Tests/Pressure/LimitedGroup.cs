using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

/// <summary>
/// A cgroup of our own with little memory, whose pressure can be watched: in version 2, and where the memory controller is one of
/// version 1 with a twin there.
/// </summary>
internal sealed class LimitedGroup : IDisposable
{
    private readonly string _group;
    private readonly string? _twin;
    private readonly string _file = Path.GetTempFileName();

    private LimitedGroup(string group, string? twin)
    {
        _group = group;
        _twin = twin;
    }

    public string Name => Path.GetFileName(_group);

    /// <summary>Null where this machine cannot have one.</summary>
    public static LimitedGroup? TryMake(long limit)
    {
        IReadOnlyList<MountInfo> mounts = MountInfoFile.Read(Machine.Live);
        string? second = mounts.FirstOrDefault(mount => mount.FileSystem == "cgroup2")?.MountPoint;
        string? first = mounts.FirstOrDefault(mount => mount.FileSystem == "cgroup" && mount.Options.Split(',').Contains("memory"))?.MountPoint;
        string name = $"linuxmemory-pressure-{Environment.ProcessId}-{Environment.TickCount64}";
        if (second is null)
        {
            return null;
        }
        LimitedGroup group = new(Path.Join(second, name), first is null ? null : Path.Join(first, name));
        try
        {
            Directory.CreateDirectory(group._group);
            if (group._twin is not null)
            {
                Directory.CreateDirectory(group._twin);
            }
            string limits = group._twin is null ? Path.Join(group._group, "memory.max") : Path.Join(group._twin, "memory.limit_in_bytes");
            if (File.Exists(limits) && File.Exists(Path.Join(group._group, "memory.pressure")))
            {
                File.WriteAllText(limits, limit.ToString(CultureInfo.InvariantCulture));
                return group;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A container without the right to make groups.
        }
        group.Dispose();
        return null;
    }

    /// <summary>Runs a shell script in the group; $0 is a file that goes with it.</summary>
    public Process Start(string script)
    {
        string enter = string.Concat(new[] { _group, _twin }.OfType<string>().Select(path => $"echo $$ > {path}/cgroup.procs; "));
        return Process.Start("sh", ["-c", enter + script, _file]);
    }

    public void Dispose()
    {
        File.Delete(_file);
        foreach (string path in new[] { _group, _twin }.OfType<string>().Where(Directory.Exists))
        {
            // A process that has just been killed still leaves.
            for (int attempt = 0; attempt < 50 && Directory.Exists(path); attempt++)
            {
                try
                {
                    Directory.Delete(path);
                }
                catch (IOException)
                {
                    Thread.Sleep(50);
                }
            }
        }
    }
}
