using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-UioDevice: devices that programs drive from user space.</summary>
[Cmdlet(VerbsCommon.Get, "UioDevice")]
[OutputType(typeof(UioDevice))]
public sealed class GetUioDeviceCommand : MemoryCmdlet
{
    /// <inheritdoc />
    protected override void ProcessItem()
    {
        foreach (UioDevice device in UioDevice.Read(Machine))
        {
            Shell.Write(device);
        }
    }
}
