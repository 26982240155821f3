namespace LinuxMemory;

/// <summary>
/// Numbers under the names that the kernel gives them. They are found also when they are written as properties are:
/// <c>OomKill</c> is <c>oom_kill</c>.
/// </summary>
internal sealed class CgroupCounts : IEqualityComparer<string>
{
    private static readonly CgroupCounts Names = new();

    public static Dictionary<string, long> Empty(int capacity = 0) => new(capacity, Names);

    public bool Equals(string? x, string? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && (string.Equals(x, y, StringComparison.Ordinal) || AreAlike(x, y)));

    public int GetHashCode(string obj)
    {
        // Thousands of groups with a hundred names each: a mixed letter is good enough.
        uint hash = 2166136261;
        foreach (char c in obj)
        {
            if (c != '_')
            {
                hash = unchecked((hash ^ (c | 0x20u)) * 16777619);
            }
        }
        return unchecked((int)hash);
    }

    private static bool AreAlike(string x, string y)
    {
        int i = 0;
        int j = 0;
        while (true)
        {
            char a = Next(x, ref i);
            if (a != Next(y, ref j))
            {
                return false;
            }
            if (a == '\0')
            {
                return true;
            }
        }
    }

    private static char Next(string text, ref int at)
    {
        while (at < text.Length && text[at] == '_')
        {
            at++;
        }
        return at < text.Length ? char.ToLowerInvariant(text[at++]) : '\0';
    }
}
