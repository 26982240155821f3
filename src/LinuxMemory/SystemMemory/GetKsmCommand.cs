using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-Ksm: what joining equal pages gains and costs.</summary>
[Cmdlet(VerbsCommon.Get, "Ksm")]
[OutputType(typeof(Ksm))]
public sealed class GetKsmCommand : MemoryCmdlet
{
    /// <inheritdoc />
    protected override void ProcessItem() => Shell.Write(Ksm.Read(Machine));
}
