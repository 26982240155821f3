using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-Zswap: whether pages are compressed in memory before they are swapped out, and what that gains.</summary>
[Cmdlet(VerbsCommon.Get, "Zswap")]
[OutputType(typeof(Zswap))]
public sealed class GetZswapCommand : MemoryCmdlet
{
    /// <inheritdoc />
    protected override void ProcessItem() => Shell.Write(Zswap.Read(Machine));
}
