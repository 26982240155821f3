namespace LinuxMemory.Commands;

/// <summary>The devices of a group in its view.</summary>
public static class IommuText
{
    /// <summary>Each device's address, class, name and driver; a group of several begins each on a line of its own.</summary>
    public static string Format(object group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return string.Join('\n', Shown.Items(group, nameof(IommuGroup.Devices)).Select(Line));
    }

    private static string Line(object device)
    {
        string driver = Shown.Text(device, nameof(IommuDevice.Driver)) is string name ? $" [{name}]" : "";
        return Display.Text($"{Shown.Text(device, nameof(IommuDevice.Address))} {Shown.Text(device, nameof(IommuDevice.Class))}: "
            + $"{Shown.Text(device, nameof(IommuDevice.Vendor))} {Shown.Text(device, nameof(IommuDevice.Device))}{driver}");
    }
}
