namespace LinuxMemory.Commands;

/// <summary>The files that a user's path means: wildcards are permitted in every part of it, as in PowerShell.</summary>
internal static class PathList
{
    /// <summary>The files, in ordinal order; the path itself when it has no wildcard, or when a file has that very name.</summary>
    public static IReadOnlyList<string> Expand(string path)
    {
        if (!WildcardName.ContainsWildcard(path) || File.Exists(path))
        {
            return [path];
        }
        IEnumerable<string> found = ["/"];
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            bool isLast = i == parts.Length - 1;
            string part = parts[i];
            found = WildcardName.ContainsWildcard(part)
                ? found.SelectMany(folder => Names(folder, part, isLast))
                : found.Select(folder => Path.Join(folder, part)).Where(next => isLast ? File.Exists(next) : Directory.Exists(next));
        }
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Names(string folder, string pattern, bool isFile)
    {
        WildcardName wanted = new(pattern);
        try
        {
            // A hidden name is meant only by a pattern that begins with a dot.
            return [.. (isFile ? Directory.EnumerateFiles(folder) : Directory.EnumerateDirectories(folder))
                .Where(path => wanted.IsMatch(Path.GetFileName(path)) && (pattern[0] == '.' || Path.GetFileName(path)[0] != '.'))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
