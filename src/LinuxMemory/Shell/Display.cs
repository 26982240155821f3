using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>
/// How format views write numbers, in every culture with a point and a hyphen: what is shown can be pasted into any shell. Called from
/// the format files and by the Console, so both show the same.
/// </summary>
public static class Display
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Bytes with three digits and a unit, "1.5 GiB"; "-" for what is not known.</summary>
    public static string Size(object? bytes)
    {
        if (bytes is null)
        {
            return "-";
        }
        double value = Convert.ToDouble(bytes, CultureInfo.InvariantCulture);
        int unit = 0;
        // 1023.5 MiB would read "1024 MiB".
        while (Math.Abs(value) >= 1023.5 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }
        string format = unit == 0 || Math.Abs(value) >= 99.95 ? "0" : "0.0";
        return string.Create(CultureInfo.InvariantCulture, $"{value.ToString(format, CultureInfo.InvariantCulture)} {Units[unit]}");
    }

    /// <summary>A percentage with one digit, "12.3"; "-" for what is not known.</summary>
    public static string Percent(object? percent) =>
        percent is null ? "-" : Convert.ToDouble(percent, CultureInfo.InvariantCulture).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>An index from 0 to 1 with three digits, as the kernel writes it, "0.034"; "-" for what is not known.</summary>
    public static string Index(object? index) =>
        index is null ? "-" : Convert.ToDouble(index, CultureInfo.InvariantCulture).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>An address in 16 hexadecimal digits less the leading zeros, as in /proc/PID/maps; "-" for what is not known.</summary>
    public static string Address(object? address) =>
        address is null ? "-" : Convert.ToUInt64(address, CultureInfo.InvariantCulture).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>A time of day in local time, "14:03:59"; "-" for what is not known.</summary>
    public static string Clock(object? time) =>
        Moment(time) is DateTimeOffset moment ? moment.LocalDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : "-";

    /// <summary>A whole number, or a text from the machine for a terminal: control characters, which could move its cursor or break a table, become "?"; "-" for what is not known.</summary>
    public static string Text(object? text)
    {
        string plain = Convert.ToString(text, CultureInfo.InvariantCulture) ?? "-";
        return text is null ? "-" : string.Concat(plain.Select(c => char.IsControl(c) ? '?' : c));
    }

    /// <summary>Numbers as the kernel writes CPUs, "0-3,8"; "-" for none.</summary>
    public static string Ranges(object? numbers)
    {
        if (numbers is not System.Collections.IEnumerable all)
        {
            return "-";
        }
        List<(int First, int Last)> ranges = [];
        foreach (int number in all.Cast<object>().Select(number => Convert.ToInt32(number, CultureInfo.InvariantCulture)).Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == number - 1)
            {
                ranges[^1] = (ranges[^1].First, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }
        return ranges.Count == 0 ? "-" : string.Join(',', ranges.Select(range =>
            string.Create(CultureInfo.InvariantCulture, $"{(range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}")}")));
    }

    /// <summary>Several things with a space between them; "-" for none.</summary>
    public static string List(object? things) =>
        things is System.Collections.IEnumerable all && string.Join(' ', all.Cast<object?>().Select(Text)) is { Length: > 0 } text ? text : "-";

    // From another session a time comes back as text.
    internal static DateTimeOffset? Moment(object? time) => time switch
    {
        DateTimeOffset moment => moment,
        null => null,
        _ => DateTimeOffset.TryParse(time.ToString(), CultureInfo.InvariantCulture, out DateTimeOffset moment) ? moment : null,
    };
}
