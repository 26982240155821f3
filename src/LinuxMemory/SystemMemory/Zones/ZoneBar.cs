namespace LinuxMemory.Commands;

/// <summary>The bar in the view of <see cref="MemoryZone"/>: how free memory stands against the marks at which reclaim starts.</summary>
public static class ZoneBar
{
    private const int Width = 14;
    private const int AtLow = 5;
    private const int AtHigh = 10;

    /// <summary>Fourteen characters: # for free memory, | at low and at high; a zone without memory shows nothing.</summary>
    public static string Format(object zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (Shown.Value(zone, nameof(MemoryZone.IsPopulated)) is not true
            || Shown.Number(zone, nameof(MemoryZone.Free)) is not long free
            || Shown.Number(zone, nameof(MemoryZone.Low)) is not long low
            || Shown.Number(zone, nameof(MemoryZone.High)) is not long high)
        {
            return "";
        }
        int filled = free < low
            ? Part(free, low, AtLow)
            : free < high
                ? AtLow + Part(free - low, high - low, AtHigh - AtLow)
                : Width;
        return string.Create(Width, filled, (text, count) =>
        {
            text.Fill('.');
            text[..count].Fill('#');
            text[AtLow] = text[AtHigh] = '|';
        });
    }

    private static int Part(long value, long whole, int width) => (int)((double)value / whole * width);
}
