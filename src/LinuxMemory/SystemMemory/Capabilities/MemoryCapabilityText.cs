namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="MemoryCapability"/>.</summary>
public static class MemoryCapabilityText
{
    /// <summary>What is used instead, where the capability is not available.</summary>
    public static string Fallback(object capability)
    {
        ArgumentNullException.ThrowIfNull(capability);
        return Shown.Value(capability, nameof(MemoryCapability.IsAvailable)) is true ? "" : Shown.Text(capability, nameof(MemoryCapability.Fallback)) ?? "";
    }
}
