namespace LinuxMemory.Commands;

/// <summary>Takes a label that fits the header of a swap area, and says otherwise what does.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SwapLabelAttribute : TextArgumentAttribute
{
    /// <inheritdoc />
    protected override string Require(string text)
    {
        SwapHeader.LabelBytes(text);
        return text;
    }
}
