using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-CpuCache: the processor's caches and which CPUs share them, what lscpu -C shows.</summary>
[Cmdlet(VerbsCommon.Get, "CpuCache")]
[OutputType(typeof(CpuCache))]
public sealed class GetCpuCacheCommand : MemoryCmdlet
{
    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (CpuCache cache in CpuCache.Read(Machine))
        {
            Shell.Write(cache);
        }
    }
}
