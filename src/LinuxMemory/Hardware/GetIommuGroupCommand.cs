using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-IommuGroup: which devices must be passed to a virtual machine together.</summary>
[Cmdlet(VerbsCommon.Get, "IommuGroup")]
[OutputType(typeof(IommuGroup))]
public sealed class GetIommuGroupCommand : MemoryCmdlet
{
    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (IommuGroup group in IommuGroup.Read(Machine))
        {
            Shell.Write(group);
        }
    }
}
