using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-ZramDevice: the compressed disks in memory, what is in them, and what they take.</summary>
[Cmdlet(VerbsCommon.Get, "ZramDevice")]
[OutputType(typeof(ZramDevice))]
public sealed class GetZramDeviceCommand : MemoryCmdlet
{
    /// <summary>Only devices with a name like one of these, such as zram0; wildcards are permitted.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ZramNameCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        NameFilter wanted = new(Name?.Select(ZramNames.Plain).ToArray());
        foreach (string name in ZramDevice.Names(Machine).Where(wanted.Takes))
        {
            PerItem(name, () => Shell.Write(ZramDevice.Read(Machine, name)));
        }
        wanted.ReportMissing("zram device", Shell);
    }
}
