using System.Globalization;

namespace LinuxMemory;

/// <summary>Options of swap areas as fstab and systemd units write them: "defaults,nofail,pri=10,discard=pages". Source: swapon(8).</summary>
internal static class SwapOptions
{
    // The kernel's SWAP_FLAG_PRIO_MASK.
    private const int HighestPriority = 32767;

    public static string Text(int? priority, SwapDiscard discard)
    {
        string options = "defaults,nofail";
        if (priority is int value)
        {
            options += string.Create(CultureInfo.InvariantCulture, $",pri={value}");
        }
        return options + discard switch
        {
            SwapDiscard.Once => ",discard=once",
            SwapDiscard.Pages => ",discard=pages",
            SwapDiscard.Both => ",discard",
            _ => "",
        };
    }

    public static int? Priority(string options) => Number(ValueOf(options, "pri"));

    public static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value is >= -1 and <= HighestPriority ? value : null;

    public static SwapDiscard Discard(string options) => ValueOf(options, "discard") switch
    {
        null => SwapDiscard.None,
        "once" => SwapDiscard.Once,
        "pages" => SwapDiscard.Pages,
        _ => SwapDiscard.Both,
    };

    public static string? ValueOf(string options, string name)
    {
        string? value = null;
        foreach (string option in options.Split(',', StringSplitOptions.TrimEntries))
        {
            int equals = option.IndexOf('=', StringComparison.Ordinal);
            if ((equals < 0 ? option : option[..equals]) == name)
            {
                value = equals < 0 ? "" : option[(equals + 1)..];
            }
        }
        return value;
    }
}
