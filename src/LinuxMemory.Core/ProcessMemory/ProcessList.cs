using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The processes of a machine: the directories of /proc whose names are numbers.</summary>
public static class ProcessList
{
    /// <summary>The ids of all processes and kernel threads, ascending.</summary>
    /// <exception cref="KernelException">The machine has no proc directory.</exception>
    public static IReadOnlyList<int> Ids(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return machine.ListNumbers("proc");
    }

    /// <summary>True while there is a process with the id.</summary>
    public static bool Has(Machine machine, int id)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return id > 0 && machine.Exists(PathOf(id) + "/stat");
    }

    /// <summary>True where /proc is mounted with hidepid and we may not see all: not even the first process, which is always there, shows itself.</summary>
    public static bool HidesOthers(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return machine.HasKernel && !Has(machine, 1);
    }

    /// <summary>Holds the directory of a process open, so that an id that is used again never mixes two processes.</summary>
    /// <exception cref="KernelException">There is none, or it is hidden from us.</exception>
    public static KernelDirectory Open(Machine machine, int id)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return machine.OpenDirectory(PathOf(id));
    }

    /// <summary>The ids and names of all processes; those that end meanwhile or are hidden from us are left out.</summary>
    /// <exception cref="KernelException">The machine has no proc directory.</exception>
    public static IEnumerable<(int Id, string Name)> Names(Machine machine)
    {
        foreach (int id in Ids(machine))
        {
            if (TryName(machine, id) is string name)
            {
                yield return (id, name);
            }
        }
    }

    private static string? TryName(Machine machine, int id)
    {
        try
        {
            using KernelDirectory process = Open(machine, id);
            return ProcessName.Read(process);
        }
        catch (KernelException)
        {
            return null;
        }
        catch (KernelFormatException)
        {
            return null;
        }
    }

    private static string PathOf(int id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"proc/{id}");
}
