namespace LinuxMemory.Commands;

/// <summary>The memory of a user-space driver in its view.</summary>
public static class UioText
{
    /// <summary>Each range's address and size.</summary>
    public static string Format(UioDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return string.Join(' ', device.Maps.Select(map => $"{Display.Address(map.Address)}+{Display.Size(map.Size)}"));
    }
}
