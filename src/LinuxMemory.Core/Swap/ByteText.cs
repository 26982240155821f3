using System.Globalization;

namespace LinuxMemory;

/// <summary>Bytes in a sentence: "1.5 GiB".</summary>
internal static class ByteText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public static string Of(long bytes)
    {
        double value = bytes;
        int unit = 0;
        while (Math.Abs(value) >= 1023.5 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }
        string digits = value.ToString(value == Math.Floor(value) || Math.Abs(value) >= 99.95 ? "0" : "0.0", CultureInfo.InvariantCulture);
        return $"{digits} {Units[unit]}";
    }
}
