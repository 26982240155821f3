using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Clear-PageCache: drops what the kernel caches, or the cached pages of single files.</summary>
[Cmdlet(VerbsCommon.Clear, "PageCache", SupportsShouldProcess = true, DefaultParameterSetName = ByMode)]
[OutputType(typeof(PageCacheClearing))]
[OutputType(typeof(MemoryChange))]
public sealed class ClearPageCacheCommand : ChangeCmdlet
{
    private const string ByMode = "Mode";
    private const string ByPath = "Path";

    /// <summary>What to drop: the pages of files (the default), reclaimable slab objects, or all of both.</summary>
    [Parameter(ParameterSetName = ByMode)]
    [ValidateSet(nameof(PageCacheMode.PageCache), nameof(PageCacheMode.Slab), nameof(PageCacheMode.All))]
    public PageCacheMode Mode { get; set; } = PageCacheMode.PageCache;

    /// <summary>The files whose pages are dropped; wildcards are allowed. For files of one's own no privilege is needed.</summary>
    [Parameter(ParameterSetName = ByPath, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Do not write dirty pages to disk before; only clean pages can be dropped.</summary>
    [Parameter]
    public SwitchParameter NoSync { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        if (Path is null)
        {
            Apply(DropCachesChange.Plan(Machine, Mode, !IsOn(NoSync), Shell.Write));
            return;
        }
        foreach (string path in Path)
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            IReadOnlyList<string> files = PathList.Expand(Shell.ResolvePath(path));
            if (files.Count == 0)
            {
                Shell.Error(ErrorRecords.Make(ErrorIds.KernelFileAbsent, ErrorCategory.ObjectNotFound, $"No file has a name like '{path}'.", path));
            }
            foreach (string file in files)
            {
                Shell.Stopping.ThrowIfCancellationRequested();
                PerItem(file, () => Evict(file));
            }
        }
    }

    private void Evict(string path)
    {
        CachedFile.Require(Machine, path);
        if (Shell.ShouldProcess(path, "Drop its cached pages"))
        {
            Shell.Write(CachedFile.Evict(Machine, path, syncsFirst: !IsOn(NoSync)));
        }
    }
}
