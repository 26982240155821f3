using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A .swap unit: "[Swap]", "What=/swapfile", "Priority=10", "Options=nofail". Source: systemd.swap(5), systemd.syntax(7).</summary>
public static class SwapUnitFile
{
    /// <summary>Reads a unit's file, or a drop-in over what was read before.</summary>
    public static SwapUnit Parse(KernelReader reader, SwapUnit unit)
    {
        ArgumentNullException.ThrowIfNull(reader);
        string section = "";
        string open = "";
        while (reader.ReadLine(out KernelLine line))
        {
            string text = Encoding.UTF8.GetString(line.Text).Trim();
            // A comment inside of a continued line is passed over.
            if (text.StartsWith('#') || text.StartsWith(';'))
            {
                continue;
            }
            if (text.EndsWith('\\'))
            {
                open += text[..^1] + " ";
                continue;
            }
            text = open + text;
            open = "";
            if (text.StartsWith('[') && text.EndsWith(']'))
            {
                section = text[1..^1];
            }
            else if (text.Split('=', 2, StringSplitOptions.TrimEntries) is [string key, string value])
            {
                unit = With(unit, section, key, value);
            }
        }
        return unit;
    }

    private static SwapUnit With(SwapUnit unit, string section, string key, string value) => (section, key) switch
    {
        ("Swap", "What") => unit with { What = value.Length == 0 ? null : value },
        ("Swap", "Priority") => unit with { Priority = SwapOptions.Number(value) },
        ("Swap", "Options") => unit with { Options = value },
        ("Unit", "SourcePath") => unit with { MadeFrom = value.Length == 0 ? null : value },
        _ => unit,
    };
}
