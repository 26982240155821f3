using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The directories in one /tmp in which JVMs publish their counters, one for each user. Others may write there, so nothing in it is trusted.</summary>
internal sealed class PerfDataDirectories : IDisposable
{
    // -XX:PerfDataMemorySize takes at most 32 MiB.
    private const long LargestFile = 32 << 20;
    private const int OthersWrite = 0x12; // 022

    private readonly KernelDirectory _temporary;
    private readonly string[] _names;

    private PerfDataDirectories(KernelDirectory temporary, string[] names)
    {
        _temporary = temporary;
        _names = names;
    }

    /// <summary>Those that a process sees; null when it sees none.</summary>
    /// <exception cref="KernelException">The process has ended, or its root directory is denied.</exception>
    public static PerfDataDirectories? Find(Machine machine, int id, string beginning)
    {
        try
        {
            using KernelDirectory root = machine.IsLive
                ? machine.OpenDirectory(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"proc/{id}/root"))
                : machine.OpenDirectory(".");
            KernelDirectory temporary = root.OpenBelow("tmp");
            string[] names = [.. temporary.Names().Where(name => name.StartsWith(beginning, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
            if (names.Length > 0)
            {
                return new PerfDataDirectories(temporary, names);
            }
            temporary.Dispose();
            return null;
        }
        catch (KernelException e) when (e.IsAbsent && machine.Exists(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"proc/{id}/stat")))
        {
            return null;
        }
    }

    /// <summary>Opens the file of a process; null when there is none that is its own. Owners are not looked at when no status is given.</summary>
    /// <exception cref="KernelException">It is denied.</exception>
    public KernelReader? Open(string name, ProcessStatus? status, Func<string, bool> isMapped)
    {
        foreach (string directory in _names)
        {
            if (TryOpen(directory, name, status) is KernelReader reader)
            {
                if (isMapped(directory))
                {
                    return reader;
                }
                reader.Dispose();
            }
        }
        return null;
    }

    public void Dispose() => _temporary.Dispose();

    private KernelReader? TryOpen(string directory, string name, ProcessStatus? status)
    {
        try
        {
            using KernelDirectory own = _temporary.OpenPlain(directory);
            return own.ReadPlain(name, file => file.Size <= LargestFile && IsOwn(file, status)) is KernelReader reader && IsOwn(own.Status, status) ? reader : null;
        }
        catch (KernelException e) when (e.IsAbsent || e.Errno is Errno.ELOOP)
        {
            return null;
        }
    }

    // As the JVM itself demands of its directory. A JVM that gave root's rights up after its start has root's.
    private static bool IsOwn(FileStatus file, ProcessStatus? status) => status is null
        || ((file.UserId == 0 || file.UserId == status.EffectiveUserId || file.UserId == status.RealUserId) && (file.Mode & OthersWrite) == 0);
}
