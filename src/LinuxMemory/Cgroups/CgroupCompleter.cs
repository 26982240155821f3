using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the groups that account memory, one step at a time: those right below what stands before the word's last slash.</summary>
public class CgroupCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed)
    {
        if (Hierarchy(machine) is not CgroupHierarchy hierarchy)
        {
            return [];
        }
        int cut = typed.Word.LastIndexOf('/') + 1;
        string above = typed.Word[..cut];
        string begin = typed.Word[cut..];
        using KernelDirectory directory = machine.OpenDirectory(hierarchy.DirectoryOf(hierarchy.NameOf(above)));
        return [.. from name in directory.ListDirectories()
                   where name.StartsWith(begin, StringComparison.OrdinalIgnoreCase)
                   let path = above + name
                   select new Completion(path, Display.Text(name), Display.Text(hierarchy.NameOf(path)))];
    }

    private protected virtual CgroupHierarchy? Hierarchy(Machine machine) => CgroupHierarchy.OfMemory(machine);
}
