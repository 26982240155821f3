using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-MemoryZone: each zone's free memory against the watermarks at which reclaim starts.</summary>
[Cmdlet(VerbsCommon.Get, "MemoryZone")]
[OutputType(typeof(MemoryZone))]
public sealed class GetMemoryZoneCommand : MemoryCmdlet
{
    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (MemoryZone zone in ZoneInfoFile.Read(Machine))
        {
            Shell.Write(zone);
        }
    }
}
