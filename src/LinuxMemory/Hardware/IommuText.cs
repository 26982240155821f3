namespace LinuxMemory.Commands;

/// <summary>The devices of a group in its view.</summary>
public static class IommuText
{
    /// <summary>Each device's address, class, name and driver; a group of several begins each on a line of its own.</summary>
    public static string Format(IommuGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return string.Join('\n', group.Devices.Select(device =>
            Display.Text($"{device.Address} {device.Class}: {device.Vendor} {device.Device}{(device.Driver is null ? "" : $" [{device.Driver}]")}")));
    }
}
