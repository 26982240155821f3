using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-SlabCache: the kernel's object caches, what slabtop shows.</summary>
[Cmdlet(VerbsCommon.Get, "SlabCache")]
[OutputType(typeof(SlabCache))]
public sealed class GetSlabCacheCommand : MemoryCmdlet
{
    /// <summary>Only caches with a name like one of these; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        NameFilter wanted = new(Name);
        foreach (SlabCache cache in SlabInfoFile.Read(Machine))
        {
            if (wanted.Takes(cache.Name))
            {
                Shell.Write(cache);
            }
        }
        wanted.ReportMissing("slab cache", Shell);
    }
}
