using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-MemoryCapability: which features this machine's kernel has and lets us use, and what is used instead.</summary>
[Cmdlet(VerbsCommon.Get, "MemoryCapability")]
[OutputType(typeof(MemoryCapability))]
public sealed class GetMemoryCapabilityCommand : MemoryCmdlet
{
    /// <summary>Only capabilities with a name like one of these; wildcards are permitted.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MemoryCapabilityNameCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (string name in Name ?? ["*"])
        {
            WildcardName wanted = new(name);
            string[] found = [.. MemoryCapabilities.Names.Where(wanted.IsMatch)];
            if (found.Length == 0 && !wanted.HasWildcard)
            {
                string near = string.Join(", ", NearestName.Of(name, MemoryCapabilities.Names));
                Shell.Error(ErrorRecords.Make(ErrorIds.CapabilityNotFound, ErrorCategory.ObjectNotFound,
                    $"No capability is called '{name}'. The nearest names are {near}.", name));
            }
            foreach (string capability in found)
            {
                Shell.Stopping.ThrowIfCancellationRequested();
                PerItem(capability, () => Shell.Write(MemoryCapabilities.Get(Machine, capability)));
            }
        }
    }
}
