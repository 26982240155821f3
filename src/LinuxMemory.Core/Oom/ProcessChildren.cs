using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Who was started by whom.</summary>
public static class ProcessChildren
{
    /// <summary>The ids of a process's children, their children and so on, without its own. Who ends meanwhile is left out.</summary>
    /// <exception cref="KernelException">The machine has no proc directory.</exception>
    public static IReadOnlyList<int> Of(Machine machine, int id)
    {
        ILookup<int, int> children = ProcessList.Ids(machine)
            .Select(child => (Child: child, Parent: TryParent(machine, child)))
            .Where(pair => pair.Parent is not null)
            .ToLookup(pair => pair.Parent!.Value, pair => pair.Child);
        List<int> found = [.. children[id]];
        HashSet<int> seen = [id, .. found];
        for (int i = 0; i < found.Count; i++)
        {
            found.AddRange(children[found[i]].Where(seen.Add));
        }
        return found;
    }

    private static int? TryParent(Machine machine, int id)
    {
        try
        {
            using KernelDirectory process = ProcessList.Open(machine, id);
            return ProcessStatFile.Read(process).ParentId;
        }
        catch (KernelException)
        {
            return null;
        }
    }
}
