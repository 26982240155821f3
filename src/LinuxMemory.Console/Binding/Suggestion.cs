namespace LinuxMemory.CommandLine;

/// <summary>The name that somebody probably meant.</summary>
internal static class Suggestion
{
    /// <summary>The nearest of the names, joined with "or" where some fit equally; null when none is near.</summary>
    public static string? For(string given, IReadOnlyCollection<string> names, IReadOnlyCollection<string>? certain = null)
    {
        if (certain?.Count > 0)
        {
            return string.Join(" or ", certain);
        }
        int limit = Math.Max(2, given.Length / 3);
        (string Name, int Distance)[] near = [.. names.Select(name => (name, Distance(given, name))).Where(pair => pair.Item2 <= limit)];
        return near.Length == 0 ? null : string.Join(" or ", near.Where(n => n.Distance == near.Min(m => m.Distance)).Select(n => n.Name));
    }

    // Levenshtein, ignoring case.
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 0; i < left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < right.Length; j++)
            {
                int change = diagonal + (char.ToUpperInvariant(left[i]) == char.ToUpperInvariant(right[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(change, Math.Min(row[j], diagonal) + 1);
            }
        }
        return row[^1];
    }
}
