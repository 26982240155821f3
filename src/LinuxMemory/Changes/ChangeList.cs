using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>The journal as cmdlets read it: garbled lines become warnings.</summary>
internal static class ChangeList
{
    public static IReadOnlyList<MemoryChange> Read(Kernel.Machine machine, IShell shell) =>
        ChangeJournal.Of(machine).Read(malformed => shell.Warn($"{malformed.Message}. The line is passed over."));

    public static MemoryError NotFound(long id) => ErrorRecords.Make(
        ErrorIds.ChangeNotFound, ErrorCategory.ObjectNotFound, $"The journal has no change {id}. Get-MemoryChange lists what it has.", id);
}
