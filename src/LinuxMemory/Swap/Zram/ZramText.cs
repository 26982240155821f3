using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Cells of the views of compressed memory.</summary>
public static class ZramText
{
    /// <summary>How many times smaller the content got, "3.14"; "-" while there is none.</summary>
    public static string Ratio(object? ratio) =>
        ratio is null ? "-" : Convert.ToDouble(ratio, CultureInfo.InvariantCulture).ToString("0.00", CultureInfo.InvariantCulture);
}
