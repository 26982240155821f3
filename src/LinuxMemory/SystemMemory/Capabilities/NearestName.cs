namespace LinuxMemory.Commands;

/// <summary>Names that somebody may have meant: those with the fewest letters to insert, delete or exchange.</summary>
internal static class NearestName
{
    private const int Most = 3;

    /// <summary>The three nearest names; one that holds the text counts as nearer than any that only resembles it.</summary>
    public static IEnumerable<string> Of(string text, IEnumerable<string> names) =>
        names.OrderBy(name => name.Contains(text, StringComparison.OrdinalIgnoreCase) ? 0 : 1 + Distance(text.ToUpperInvariant(), name.ToUpperInvariant())).Take(Most);

    // Levenshtein's distance, a row at a time.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 0; j < b.Length; j++)
            {
                int best = Math.Min(diagonal + (a[i] == b[j] ? 0 : 1), Math.Min(row[j], row[j + 1]) + 1);
                diagonal = row[j + 1];
                row[j + 1] = best;
            }
        }
        return row[b.Length];
    }
}
