using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-HugePagePool: the pools of huge pages of the machine and of its nodes.</summary>
[Cmdlet(VerbsCommon.Get, "HugePagePool")]
[OutputType(typeof(HugePagePool))]
public sealed class GetHugePagePoolCommand : MemoryCmdlet
{
    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (HugePagePool pool in HugePagePools.Read(Machine))
        {
            Shell.Write(pool);
        }
    }
}
