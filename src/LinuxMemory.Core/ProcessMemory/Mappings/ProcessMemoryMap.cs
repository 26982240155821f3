using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The mappings of one process with what each is to the program.</summary>
public static class ProcessMemoryMap
{
    private const string Deleted = " (deleted)";

    /// <summary>
    /// Reads the mappings of a process whose directory is held open, in the order of their addresses, one by one while they are
    /// asked for. Kernel threads and ended processes have none. With <paramref name="fast"/> only maps is read: no sizes but Size, no
    /// flags, and stacks of threads stay Anonymous.
    /// </summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IEnumerable<ProcessMemoryMapping> Read(KernelDirectory process, bool fast = false)
    {
        ArgumentNullException.ThrowIfNull(process);
        ProcessStat stat = ProcessStatFile.Read(process);
        return Read(process, stat, ProcessName.Read(process, stat), fast);
    }

    /// <summary>The same, where its stat file and its name have been read already.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IEnumerable<ProcessMemoryMapping> Read(KernelDirectory process, ProcessStat stat, string name, bool fast)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(stat);
        return Stream(process, stat, name, fast);
    }

    private static IEnumerable<ProcessMemoryMapping> Stream(KernelDirectory process, ProcessStat stat, string name, bool fast)
    {
        using KernelReader reader = fast ? process.Read(process.Living("maps")) : process.ReadAhead(process.Living("smaps"));
        ThreadStackPointers stacks = fast || stat.Threads <= 1 ? ThreadStackPointers.None : ThreadStackPointers.Read(process, stat.Id);
        MappingClassifier classifier = new(ProgramOf(process), stat.StartCode, stacks);
        IEnumerable<ProcessMemoryMapping> mappings =
            fast ? MapsFile.Parse(reader, stat.Id, name) : SmapsFile.Parse(reader, stat.Id, name);
        bool any = false;
        foreach (ProcessMemoryMapping mapping in classifier.Classify(mappings))
        {
            any = true;
            yield return mapping;
        }
        ProcessStat after = ProcessStatFile.Read(process);
        if (after.IsZombie && !stat.IsZombie)
        {
            // The kernel ends the file early and reports nothing.
            throw new KernelException(Errno.ESRCH, "read", reader.Name);
        }
        if (!any && after.VirtualSize > 0)
        {
            throw reader.Ended("a mapping");
        }
    }

    // A captured tree has no such link, and kernel threads have none either.
    private static string? ProgramOf(KernelDirectory process)
    {
        try
        {
            string path = process.ReadLink(process.Living("exe"));
            return path.EndsWith(Deleted, StringComparison.Ordinal) ? path[..^Deleted.Length] : path;
        }
        catch (KernelException e) when (e.IsAbsent || e.IsDenied || e.Errno == Errno.EINVAL)
        {
            return null;
        }
    }
}
