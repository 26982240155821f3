using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-HugePageMount: where hugetlbfs is mounted, and with which limits.</summary>
[Cmdlet(VerbsCommon.Get, "HugePageMount")]
[OutputType(typeof(HugePageMount))]
public sealed class GetHugePageMountCommand : MemoryCmdlet
{
    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (HugePageMount mount in HugePageMount.Read(Machine))
        {
            Shell.Write(mount);
        }
    }
}
