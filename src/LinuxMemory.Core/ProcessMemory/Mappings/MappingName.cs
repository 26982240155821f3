using System.Text;

namespace LinuxMemory;

/// <summary>The last column of maps, taken apart.</summary>
internal sealed record MappingName(string? Path, string? Label, bool IsDeleted)
{
    private const string Deleted = " (deleted)";

    // The kernel makes these without a name in a directory, so it calls them deleted from the first.
    private static readonly string[] NeverNamed = ["/memfd:", "/SYSV", "/dev/zero", "/anon_hugepage", "/drm mm object", "/i915"];

    public static MappingName None { get; } = new(null, null, false);

    public static MappingName Parse(ReadOnlySpan<byte> text)
    {
        string name = Encoding.UTF8.GetString(text);
        if (!name.StartsWith('/'))
        {
            return new MappingName(null, name, false);
        }
        // Only a newline is escaped here, not blanks or a backslash: seq_file_path(m, file, "\n") in the kernel.
        string path = name.Replace("\\012", "\n", StringComparison.Ordinal);
        return path.EndsWith(Deleted, StringComparison.Ordinal)
            ? new MappingName(path[..^Deleted.Length], null, !IsNeverNamed(path))
            : new MappingName(path, null, false);
    }

    private static bool IsNeverNamed(string path) => NeverNamed.Any(start => path.StartsWith(start, StringComparison.Ordinal));
}
