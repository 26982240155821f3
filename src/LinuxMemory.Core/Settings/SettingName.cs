using System.Buffers;

namespace LinuxMemory;

/// <summary>
/// Names of settings and the files behind them: "vm.swappiness" is proc/sys/vm/swappiness, "ksm.run" is sys/kernel/mm/ksm/run,
/// "zswap.enabled" is sys/module/zswap/parameters/enabled.
/// As in sysctl, a dot inside a file's name becomes a slash.
/// </summary>
public static class SettingName
{
    private const string SysctlFolder = "proc/sys/";
    private const string MemoryFolder = "sys/kernel/mm/";
    private const string ZswapFamily = "zswap.";
    private const string ZswapFolder = "sys/module/zswap/parameters/";
    private const string HugePageFamily = "transparent_hugepage.hugepages-";
    private const string NodeFamily = "mempolicy.weighted_interleave.node";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./");

    /// <summary>The file of a setting, relative to the machine's root.</summary>
    public static string ToPath(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsZswap(name) ? ZswapFolder + Swap(name[ZswapFamily.Length..]) : (IsSysctl(name) ? SysctlFolder : MemoryFolder) + Swap(name);
    }

    /// <summary>The setting behind a file relative to the machine's root; null when it is none of ours.</summary>
    public static string? FromPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith(SysctlFolder, StringComparison.Ordinal) ? Swap(path[SysctlFolder.Length..])
            : path.StartsWith(MemoryFolder, StringComparison.Ordinal) ? Swap(path[MemoryFolder.Length..])
            : path.StartsWith(ZswapFolder, StringComparison.Ordinal) ? ZswapFamily + Swap(path[ZswapFolder.Length..])
            : null;
    }

    /// <summary>
    /// True for a name that can only mean a file in the folders of settings: at least two parts, no part empty, and none of
    /// the characters by which a path climbs or a line ends.
    /// </summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !name.AsSpan().ContainsAnyExcept(NameCharacters)
            && name.Split('.', '/') is { Length: > 1 } parts
            && parts.All(part => part.Length > 0);
    }

    /// <summary>The name as this module writes it: dots between the parts, whichever separator comes first in the given one.</summary>
    public static string Normalize(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int first = name.AsSpan().IndexOfAny('.', '/');
        return first >= 0 && name[first] == '/' ? Swap(name) : name;
    }

    /// <summary>True for settings under proc/sys, which sysctl.d can set; the others are set by tmpfiles.d.</summary>
    public static bool IsSysctl(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith("vm.", StringComparison.Ordinal) || name.StartsWith("kernel.", StringComparison.Ordinal);
    }

    /// <summary>True for settings of zswap, which are parameters of a module: on is Y there.</summary>
    internal static bool IsZswap(string name) => name.StartsWith(ZswapFamily, StringComparison.Ordinal);

    /// <summary>The table's name for one of a family: every hugepage size and every node is described once.</summary>
    internal static string Family(string name)
    {
        if (name.StartsWith(HugePageFamily, StringComparison.Ordinal) && name.LastIndexOf('.') is int dot && dot > HugePageFamily.Length)
        {
            return $"{HugePageFamily}*{name[dot..]}";
        }
        return name.StartsWith(NodeFamily, StringComparison.Ordinal) ? NodeFamily + "*" : name;
    }

    internal static string Swap(string text) => string.Create(text.Length, text, (swapped, from) =>
    {
        for (int i = 0; i < from.Length; i++)
        {
            swapped[i] = from[i] switch { '.' => '/', '/' => '.', char other => other };
        }
    });
}
