using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-MemInfo: the machine's memory, every key of /proc/meminfo, once or again and again.</summary>
[Cmdlet(VerbsCommon.Get, "MemInfo")]
[OutputType(typeof(MemInfo))]
public sealed class GetMemInfoCommand : SamplingCmdlet
{
    /// <inheritdoc />
    protected override void Sample() => Shell.Write(MemInfoFile.Read(Machine));
}
