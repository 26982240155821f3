using System.Collections;
using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Rows of numbers that stand below each other in a view.</summary>
public static class MatrixText
{
    private const int BlockWidth = 6;
    private const int DistanceWidth = 4;

    /// <summary>The free blocks of each order, six characters each; hundreds of thousands are written as "123k".</summary>
    public static string Blocks(object? numbers) => Row(numbers, BlockWidth);

    /// <summary>The distances to all nodes, four characters each, four to a line.</summary>
    public static string Distances(object? numbers) => Row(numbers, DistanceWidth, 4);

    /// <summary>The same, twelve to a line.</summary>
    public static string DistanceRow(object? numbers) => Row(numbers, DistanceWidth, 12);

    private static string Row(object? numbers, int width, int perLine = int.MaxValue) => numbers is IEnumerable all
        ? string.Join('\n', all.Cast<object>()
            .Select(number => Short(Convert.ToInt64(number, CultureInfo.InvariantCulture), width - 1).PadLeft(width))
            .Chunk(perLine).Select(line => string.Concat(line)))
        : "-";

    private static string Short(long number, int width)
    {
        string plain = number.ToString(CultureInfo.InvariantCulture);
        string[] units = ["", "k", "M", "G", "T"];
        for (int unit = 1; plain.Length > width && unit < units.Length; unit++)
        {
            number /= 1000;
            plain = number.ToString(CultureInfo.InvariantCulture) + units[unit];
        }
        return plain;
    }
}
