using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers where hugetlbfs is mounted.</summary>
public sealed class HugePageMountCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed) =>
        from mount in HugePageMount.Read(machine)
        where mount.Path.StartsWith(typed.Word, StringComparison.Ordinal)
        select new Completion(mount.Path, mount.Path, mount.ToOptions());
}
