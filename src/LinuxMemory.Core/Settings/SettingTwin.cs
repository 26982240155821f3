namespace LinuxMemory;

/// <summary>Pairs of settings of which the kernel keeps only one: writing one makes the other 0.</summary>
public static class SettingTwin
{
    private static readonly (string, string)[] Pairs =
    [
        ("vm.dirty_background_ratio", "vm.dirty_background_bytes"),
        ("vm.dirty_ratio", "vm.dirty_bytes"),
        ("vm.overcommit_ratio", "vm.overcommit_kbytes"),
    ];

    /// <summary>The setting that becomes 0 when this one is written; null for a setting without a twin.</summary>
    public static string? Of(string name)
    {
        foreach ((string ratio, string amount) in Pairs)
        {
            if (name == ratio || name == amount)
            {
                return name == ratio ? amount : ratio;
            }
        }
        return null;
    }

    // The kernel refuses 0 for the amounts of dirty memory, and then changes nothing.
    internal static bool TurnsOff(string name, string value) => value != "0" || !name.EndsWith("_bytes", StringComparison.Ordinal);
}
