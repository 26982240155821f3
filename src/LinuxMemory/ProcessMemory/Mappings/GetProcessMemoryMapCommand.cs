using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-ProcessMemoryMap: the mappings of processes, written one by one while they are read.</summary>
[Cmdlet(VerbsCommon.Get, "ProcessMemoryMap", DefaultParameterSetName = All)]
[OutputType(typeof(ProcessMemoryMapping))]
public sealed class GetProcessMemoryMapCommand : AddressSpaceCmdlet
{
    private WildcardName[]? _paths;
    private uint _kinds = uint.MaxValue;

    /// <summary>Read maps instead of smaps: no sizes but Size, and next to no cost for the process.</summary>
    [Parameter]
    public SwitchParameter Fast { get; set; }

    /// <summary>Only mappings of these kinds.</summary>
    [Parameter]
    public ProcessMemoryKind[]? Kind { get; set; }

    /// <summary>Only mappings of files with such a path; wildcards are permitted.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <inheritdoc />
    protected override void Begin()
    {
        _paths = Path is null ? null : [.. Path.Select(path => new WildcardName(path))];
        _kinds = Kind is null ? uint.MaxValue : Kind.Aggregate(0U, (kinds, kind) => kinds | (1U << (int)kind));
    }

    /// <inheritdoc />
    protected override void Look(ProcessTarget process, KernelDirectory directory, ProcessStat stat) =>
        WriteMappings(ProcessMemoryMap.Read(directory, stat, ProcessName.Read(directory, stat), IsOn(Fast)));

    private void WriteMappings(IEnumerable<ProcessMemoryMapping> mappings)
    {
        foreach (ProcessMemoryMapping mapping in mappings)
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            if ((_kinds & (1U << (int)mapping.Kind)) != 0 && (_paths is null || IsLike(mapping.Path, _paths)))
            {
                Shell.Write(mapping);
            }
        }
    }

    private static bool IsLike(string? path, WildcardName[] patterns) => path is not null && patterns.Any(pattern => pattern.IsMatch(path));
}
