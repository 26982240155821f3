using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Set-MemorySetting: gives one setting of the kernel's memory management a value, now and with -Persist at every boot.</summary>
[Cmdlet(VerbsCommon.Set, "MemorySetting", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MemoryChange))]
public sealed class SetMemorySettingCommand : SettingCmdlet
{
    /// <summary>The setting, such as vm.swappiness or ksm.run; Get-MemorySetting lists all.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SettingNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The value: a number, a word, true or false, or several numbers with blanks between them.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SettingValueCompleter))]
    public string Value { get; set; } = "";

    /// <inheritdoc />
    protected override void ProcessItem() => PerItem(Name, () => Apply(Plan(Name, Value)));
}
