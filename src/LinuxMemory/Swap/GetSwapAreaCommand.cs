using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-SwapArea: the swap areas in use and those that fstab or systemd name, with what a careful person would say about them.</summary>
[Cmdlet(VerbsCommon.Get, "SwapArea")]
[OutputType(typeof(SwapArea))]
public sealed class GetSwapAreaCommand : MemoryCmdlet
{
    /// <summary>Only areas at these paths. Wildcards are permitted.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
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
            WildcardName pattern = new(path);
            SwapArea[] found = [.. areas.Where(area => pattern.IsMatch(area.Path))];
            WriteAll(found);
            if (found.Length == 0 && !pattern.HasWildcard)
            {
                Shell.Error(ErrorRecords.Make(ErrorIds.SwapAreaNotFound, ErrorCategory.ObjectNotFound,
                    $"{path} is no swap area in use, and neither fstab nor a systemd unit names it. Get-SwapArea without a path shows all.", path));
            }
        }
    }

    private void WriteAll(IEnumerable<SwapArea> areas)
    {
        foreach (SwapArea area in areas)
        {
            Shell.Write(area);
        }
    }
}
