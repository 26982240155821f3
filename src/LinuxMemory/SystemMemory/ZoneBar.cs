namespace LinuxMemory.Commands;

/// <summary>The bar in the view of <see cref="MemoryZone"/>: how free memory stands against the marks at which reclaim starts.</summary>
public static class ZoneBar
{
    private const int Width = 14;
    private const int AtLow = 5;
    private const int AtHigh = 10;

    /// <summary>Fourteen characters: # for free memory, | at low and at high; a zone without memory shows nothing.</summary>
    public static string Format(MemoryZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (!zone.IsPopulated)
        {
            return "";
        }
        int filled = zone.Free < zone.Low
            ? Part(zone.Free, zone.Low, AtLow)
            : zone.Free < zone.High
                ? AtLow + Part(zone.Free - zone.Low, zone.High - zone.Low, AtHigh - AtLow)
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
