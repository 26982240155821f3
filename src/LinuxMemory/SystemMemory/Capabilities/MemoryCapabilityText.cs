namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="MemoryCapability"/>.</summary>
public static class MemoryCapabilityText
{
    // As wide as their columns.
    private const int ReasonWidth = 26;
    private const int FallbackWidth = 20;

    /// <summary>Why it is not available, in lines that fit the column.</summary>
    public static string Reason(object capability)
    {
        ArgumentNullException.ThrowIfNull(capability);
        return WrappedText.Of(Shown.Text(capability, nameof(MemoryCapability.Reason)), ReasonWidth);
    }

    /// <summary>What is used instead, where the capability is not available, in lines that fit the column.</summary>
    public static string Fallback(object capability)
    {
        ArgumentNullException.ThrowIfNull(capability);
        return Shown.Value(capability, nameof(MemoryCapability.IsAvailable)) is true
            ? ""
            : WrappedText.Of(Shown.Text(capability, nameof(MemoryCapability.Fallback)), FallbackWidth);
    }
}
