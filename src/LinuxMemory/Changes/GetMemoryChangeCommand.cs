using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-MemoryChange: what this module changed, from the journal, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "MemoryChange")]
[OutputType(typeof(MemoryChange))]
public sealed class GetMemoryChangeCommand : MemoryCmdlet
{
    /// <summary>The numbers of the changes.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ChangeIdCompleter))]
    public long[]? Id { get; set; }

    /// <summary>Only changes at this time or later.</summary>
    [Parameter]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only changes of settings with these names; wildcards are permitted.</summary>
    [Parameter]
    [Alias("Setting")]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        WildcardName[]? names = Name?.Select(name => new WildcardName(name)).ToArray();
        IReadOnlyList<MemoryChange> changes = ChangeList.Read(Machine, Shell);
        foreach (MemoryChange change in changes)
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            if ((Id is null || Id.Contains(change.Id))
                && (After is null || change.Time >= After)
                && (names is null || names.Any(name => name.IsMatch(change.Setting))))
            {
                Shell.Write(change);
            }
        }
        foreach (long id in Id ?? [])
        {
            if (changes.All(change => change.Id != id))
            {
                Shell.Error(ChangeList.NotFound(id));
            }
        }
    }
}
