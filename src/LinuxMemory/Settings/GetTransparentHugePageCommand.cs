using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-TransparentHugePage: where the machine uses transparent huge pages, of which sizes, and what the next boot makes of it.</summary>
[Cmdlet(VerbsCommon.Get, "TransparentHugePage")]
[OutputType(typeof(TransparentHugePages))]
public sealed class GetTransparentHugePageCommand : MemoryCmdlet
{
    /// <inheritdoc />
    protected override void ProcessItem() =>
        Shell.Write(TransparentHugePages.Read(Machine) ?? throw new MemoryErrorException(SettingErrors.NoTransparentHugePages(Machine.Root)));
}
