namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="MemoryCapability"/>.</summary>
public static class MemoryCapabilityText
{
    /// <summary>What is used instead, where the capability is not available.</summary>
    public static string Fallback(MemoryCapability capability)
    {
        ArgumentNullException.ThrowIfNull(capability);
        return capability.IsAvailable == true ? "" : capability.Fallback;
    }
}
