namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="VmCounter"/>, in lines that fit their columns.</summary>
public static class VmCounterText
{
    // As wide as their columns.
    private const int UnitWidth = 6;
    private const int DescriptionWidth = 27;

    /// <summary>What it is counted in; "" where nobody knows.</summary>
    public static string Unit(object counter)
    {
        ArgumentNullException.ThrowIfNull(counter);
        return WrappedText.Of(Shown.Text(counter, nameof(VmCounter.Unit)), UnitWidth);
    }

    /// <summary>What it counts; "" where nobody knows.</summary>
    public static string Description(object counter)
    {
        ArgumentNullException.ThrowIfNull(counter);
        return WrappedText.Of(Shown.Text(counter, nameof(VmCounter.Description)), DescriptionWidth);
    }
}
