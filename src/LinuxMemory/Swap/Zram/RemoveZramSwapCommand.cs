using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Remove-ZramSwap: takes swap on zram out of use and removes its device.</summary>
[Cmdlet(VerbsCommon.Remove, "ZramSwap", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MemoryChange))]
public sealed class RemoveZramSwapCommand : ChangeCmdlet
{
    /// <summary>The devices: zram0 or /dev/zram0.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path")]
    [ArgumentCompleter(typeof(ZramNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Do not look whether what is in the device fits into memory.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (string name in Name)
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            PerItem(name, () => Remove(ZramNames.Plain(name)));
        }
    }

    private void Remove(string name)
    {
        if (!ZramDevice.Names(Machine).Contains(name))
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.NameNotFound, ErrorCategory.ObjectNotFound,
                $"There is no zram device called '{Display.Text(name)}'. Get-ZramDevice shows those that there are.", name));
        }
        if (!ZramDevice.Read(Machine, name).IsInitialized)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.SwapAreaNotFound, ErrorCategory.ObjectNotFound,
                $"There is no swap on {name}: it has no size yet. Nothing was removed.", name));
        }
        Apply(ZramSwapRemoval.Plan(Machine, name, IsOn(Force)));
    }
}
