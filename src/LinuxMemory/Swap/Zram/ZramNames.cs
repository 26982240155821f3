namespace LinuxMemory.Commands;

/// <summary>Names of zram devices as people write them.</summary>
internal static class ZramNames
{
    /// <summary>"/dev/zram0" is zram0, too.</summary>
    public static string Plain(string name) => name.StartsWith("/dev/", StringComparison.Ordinal) ? name[5..] : name;
}
