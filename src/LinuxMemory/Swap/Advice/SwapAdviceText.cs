namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="SwapAdvice"/>.</summary>
public static class SwapAdviceText
{
    // As wide as its column.
    private const int ReasonWidth = 36;

    /// <summary>The reason in lines that fit the column.</summary>
    public static string Reason(object advice)
    {
        ArgumentNullException.ThrowIfNull(advice);
        return WrappedText.Of(Shown.Text(advice, nameof(SwapAdvice.Reason)), ReasonWidth);
    }
}
