using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-SwapArea: the swap areas in use and those that fstab or systemd name, with what a careful person would say about them.</summary>
[Cmdlet(VerbsCommon.Get, "SwapArea")]
[OutputType(typeof(SwapArea))]
public sealed class GetSwapAreaCommand : MemoryCmdlet
{
    /// <summary>Only areas at these paths. Wildcards are permitted.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SwapAreaCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        IReadOnlyList<SwapArea> areas = SwapAreas.Read(Machine, e => Shell.Warn($"{e.Message}. The line is passed over, as mount(8) does."));
        if (Path is null)
        {
            WriteAll(areas);
            return;
        }
        foreach (string path in Path)
        {
            SwapArea[] found = Find(areas, path);
            WriteAll(found);
            if (found.Length == 0 && !new WildcardName(path).HasWildcard)
            {
                Shell.Error(ErrorRecords.Make(ErrorIds.SwapAreaNotFound, ErrorCategory.ObjectNotFound,
                    $"{path} is no swap area in use, and neither fstab nor a systemd unit names it. Get-SwapArea without a path shows all.", path));
            }
        }
    }

    // As it is written first: a name can have brackets, and "UUID=..." is no path. Then as the shell and links mean it.
    private SwapArea[] Find(IReadOnlyList<SwapArea> areas, string path)
    {
        SwapArea[] found = Matches(areas, path);
        if (found.Length > 0 || !Machine.IsLive || FstabSource.Of(path).Kind is not (FstabSourceKind.Path or FstabSourceKind.Other))
        {
            return found;
        }
        string absolute = Shell.ResolvePath(path);
        found = Matches(areas, absolute);
        return found.Length > 0 ? found : Matches(areas, FstabSource.Of(absolute).Resolve(Machine) ?? absolute);
    }

    private static SwapArea[] Matches(IReadOnlyList<SwapArea> areas, string path)
    {
        WildcardName pattern = new(path);
        SwapArea[] exact = [.. areas.Where(area => area.Path == path)];
        return exact.Length > 0 ? exact : [.. areas.Where(area => pattern.IsMatch(area.Path))];
    }

    private void WriteAll(IEnumerable<SwapArea> areas)
    {
        foreach (SwapArea area in areas)
        {
            Shell.Write(area);
        }
    }
}
