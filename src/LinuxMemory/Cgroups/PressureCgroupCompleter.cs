using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the groups of version 2, in which pressure is measured.</summary>
public sealed class PressureCgroupCompleter : CgroupCompleter
{
    private protected override CgroupHierarchy? Hierarchy(Machine machine) => CgroupHierarchy.OfPressure(machine);
}
