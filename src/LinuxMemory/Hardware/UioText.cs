namespace LinuxMemory.Commands;

/// <summary>The memory of a user-space driver in its view.</summary>
public static class UioText
{
    /// <summary>Each range's address and size.</summary>
    public static string Format(object device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return string.Join(' ', Shown.Items(device, nameof(UioDevice.Maps))
            .Select(map => $"{Display.Address(Shown.Value(map, nameof(UioMap.Address)))}+{Display.Size(Shown.Value(map, nameof(UioMap.Size)))}"));
    }
}
