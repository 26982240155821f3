using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>How a line of /etc/fstab names what it mounts or swaps on.</summary>
public enum FstabSourceKind
{
    /// <summary>By a path: /swapfile, /dev/sda2.</summary>
    Path,
    /// <summary>UUID= of the file system or swap area.</summary>
    Uuid,
    /// <summary>LABEL= of the file system or swap area.</summary>
    Label,
    /// <summary>PARTUUID= of the partition.</summary>
    PartUuid,
    /// <summary>PARTLABEL= of the partition.</summary>
    PartLabel,
    /// <summary>ID= as udev names the hardware.</summary>
    Id,
    /// <summary>Anything else: none, tmpfs, hugetlbfs, server:/directory.</summary>
    Other,
}

/// <summary>The first field of a line of /etc/fstab. Source: fstab(5).</summary>
/// <param name="Kind">How it names the device or file.</param>
/// <param name="Value">The name without its tag and quotes: "/swapfile", "5b2f…".</param>
public sealed record FstabSource(FstabSourceKind Kind, string Value)
{
    private const int MostLinks = 8;

    private static readonly (string Tag, FstabSourceKind Kind, string Directory)[] Tags =
    [
        ("UUID=", FstabSourceKind.Uuid, "by-uuid"),
        ("LABEL=", FstabSourceKind.Label, "by-label"),
        ("PARTUUID=", FstabSourceKind.PartUuid, "by-partuuid"),
        ("PARTLABEL=", FstabSourceKind.PartLabel, "by-partlabel"),
        ("ID=", FstabSourceKind.Id, "by-id"),
    ];

    /// <summary>Reads the field, whose escapes are undone.</summary>
    public static FstabSource Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach ((string tag, FstabSourceKind kind, string _) in Tags)
        {
            if (text.StartsWith(tag, StringComparison.Ordinal))
            {
                string value = text[tag.Length..];
                bool isQuoted = value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0];
                return new FstabSource(kind, isQuoted ? value[1..^1] : value);
            }
        }
        return new FstabSource(text.StartsWith('/') ? FstabSourceKind.Path : FstabSourceKind.Other, text);
    }

    /// <summary>
    /// The absolute path of the device or file, without links, as /proc/swaps shows it; null where nothing of that
    /// name is known. Source: the links that udev keeps in /dev/disk.
    /// </summary>
    public string? Resolve(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        if (Kind == FstabSourceKind.Path)
        {
            return RealPath(machine, Value) ?? Follow(machine, Value) ?? Value;
        }
        (string _, FstabSourceKind _, string directory) = Tags.FirstOrDefault(tag => tag.Kind == Kind);
        return directory is null || Value is "" or "." or ".."
            ? null
            : Follow(machine, $"/dev/disk/{directory}/{Encode(Kind is FstabSourceKind.Uuid or FstabSourceKind.PartUuid ? Value.ToLowerInvariant() : Value)}")
                ?? Follow(machine, $"/dev/disk/{directory}/{Encode(Value)}");
    }

    // Null when nothing is there that we may see.
    private static string? RealPath(Machine machine, string path)
    {
        try
        {
            return machine.RealPath(path.TrimStart('/'));
        }
        catch (Exception e) when (e is KernelException or ArgumentException)
        {
            return null;
        }
    }

    // Null when the path is no link.
    private static string? Follow(Machine machine, string path)
    {
        string? found = null;
        for (int i = 0; i < MostLinks; i++)
        {
            try
            {
                string target = machine.ReadLink(path.TrimStart('/'));
                path = Path.GetFullPath(target, Path.GetDirectoryName(path) ?? "/");
                found = path;
            }
            catch (Exception e) when (e is KernelException or ArgumentException)
            {
                // No link, not there, not ours to see, or no path at all.
                return found;
            }
        }
        return found;
    }

    // As udev writes a label into a name: \x20 for a space.
    private static string Encode(string value)
    {
        StringBuilder name = new();
        foreach (char c in value)
        {
            name.Append(c > '\x7f' || char.IsAsciiLetterOrDigit(c) || "#+-.:=@_".Contains(c, StringComparison.Ordinal) ? c.ToString() : $"\\x{(int)c:x2}");
        }
        return name.ToString();
    }
}
