using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-MemoryBlock: the blocks of memory that can go offline, what lsmem shows.</summary>
[Cmdlet(VerbsCommon.Get, "MemoryBlock")]
[OutputType(typeof(MemoryBlock))]
public sealed class GetMemoryBlockCommand : MemoryCmdlet
{
    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (MemoryBlock block in MemoryBlock.Read(Machine))
        {
            Shell.Write(block);
        }
    }
}
