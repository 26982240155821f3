using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The memory groups of a machine, each before those below it, as they are while somebody walks over them.</summary>
public sealed class CgroupTree
{
    private readonly Machine _machine;
    private readonly CgroupMemoryReader _reader;

    private CgroupTree(Machine machine, CgroupHierarchy hierarchy)
    {
        _machine = machine;
        Hierarchy = hierarchy;
        _reader = new CgroupMemoryReader(hierarchy);
    }

    /// <summary>The hierarchy that the groups are in.</summary>
    public CgroupHierarchy Hierarchy { get; }

    /// <summary>The groups that account memory; null when no such hierarchy is mounted.</summary>
    /// <exception cref="KernelException">The mounts may not be read.</exception>
    /// <exception cref="KernelFormatException">The mount table is cut or garbled.</exception>
    public static CgroupTree? Of(Machine machine) =>
        CgroupHierarchy.OfMemory(machine) is CgroupHierarchy hierarchy ? new CgroupTree(machine, hierarchy) : null;

    /// <summary>Reads one group by the name that <see cref="CgroupHierarchy.NameOf"/> gives.</summary>
    /// <exception cref="KernelException">There is no such group, or it is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public CgroupMemory Read(string group)
    {
        using KernelDirectory directory = _machine.OpenDirectory(Hierarchy.DirectoryOf(group));
        return _reader.Read(directory, group, Above(group));
    }

    /// <summary>
    /// Reads a group and all below it, in ordinal order of their names. Groups that are removed meanwhile are left out.
    /// </summary>
    /// <param name="group">The name of the topmost group.</param>
    /// <param name="report">Told of each other group that cannot be read; the walk goes on below it.</param>
    /// <exception cref="KernelException">There is no such group, or it is denied.</exception>
    /// <exception cref="KernelFormatException">A file of the topmost group is cut or garbled.</exception>
    public IEnumerable<CgroupMemory> ReadAll(string group, Action<string, Exception> report)
    {
        ArgumentNullException.ThrowIfNull(report);
        Stack<(string Group, CgroupCeiling? Above, bool IsNamed)> next = new();
        next.Push((group, Above(group), true));
        while (next.TryPop(out (string Group, CgroupCeiling? Above, bool IsNamed) at))
        {
            (CgroupMemory? memory, IReadOnlyList<string> below) = Visit(at.Group, at.Above, at.IsNamed ? null : report);
            CgroupCeiling? ceiling = memory is null ? at.Above : memory.EffectiveMax is long limit ? new CgroupCeiling(limit, memory.LimitedBy!) : null;
            for (int i = below.Count - 1; i >= 0; i--)
            {
                next.Push(($"{at.Group.TrimEnd('/')}/{below[i]}", ceiling, false));
            }
            if (memory is not null)
            {
                yield return memory;
            }
        }
    }

    /// <summary>The names of the groups right below one; none when it is not there or denied.</summary>
    public IReadOnlyList<string> Below(string group)
    {
        try
        {
            using KernelDirectory directory = _machine.OpenDirectory(Hierarchy.DirectoryOf(group));
            return directory.ListDirectories();
        }
        catch (KernelException)
        {
            return [];
        }
    }

    private (CgroupMemory? Memory, IReadOnlyList<string> Below) Visit(string group, CgroupCeiling? above, Action<string, Exception>? report)
    {
        CgroupMemory? memory = null;
        IReadOnlyList<string> below = [];
        try
        {
            using KernelDirectory directory = _machine.OpenDirectory(Hierarchy.DirectoryOf(group));
            below = directory.ListDirectories();
            memory = _reader.Read(directory, group, above);
            // A directory that was removed stays open, but has no file left.
            return report is not null && IsEmpty(memory) && !_machine.Exists(Hierarchy.DirectoryOf(group)) ? (null, below) : (memory, below);
        }
        catch (KernelException e) when (report is not null && e.IsAbsent)
        {
            return (null, below);
        }
        catch (Exception e) when (report is not null && e is KernelException or KernelFormatException)
        {
            report!(group, e);
            return (null, below);
        }
    }

    private static bool IsEmpty(CgroupMemory memory) => memory is { Current: null, Max: null, Statistics.Count: 0, Processes.Length: 0 };

    private CgroupCeiling? Above(string group)
    {
        string file = Hierarchy.Version == 2 ? "memory.max" : "memory.limit_in_bytes";
        CgroupCeiling? ceiling = null;
        Stack<string> above = new();
        for (string? parent = Hierarchy.ParentOf(group); parent is not null; parent = Hierarchy.ParentOf(parent))
        {
            above.Push(parent);
        }
        foreach (string parent in above)
        {
            long? limit = CgroupValueFile.Read(_machine, $"{Hierarchy.DirectoryOf(parent)}/{file}");
            ceiling = CgroupCeiling.Lower(limit == CgroupValueFile.Unlimited ? null : limit, parent, ceiling);
        }
        return ceiling;
    }
}
