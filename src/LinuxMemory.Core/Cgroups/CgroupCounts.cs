namespace LinuxMemory;

/// <summary>
/// Numbers under the names that the kernel gives them. They are found also when they are written as properties are:
/// <c>OomKill</c> is <c>oom_kill</c>.
/// </summary>
internal sealed class CgroupCounts : IEqualityComparer<string>
{
    private static readonly CgroupCounts Names = new();

    public static Dictionary<string, long> Empty(int capacity = 0) => new(capacity, Names);

    public bool Equals(string? x, string? y)
    {
        if (ReferenceEquals(x, y) || x is null || y is null)
        {
            return ReferenceEquals(x, y);
        }
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

    public int GetHashCode(string obj)
    {
        uint hash = 2166136261;
        int i = 0;
        for (char c = Next(obj, ref i); c != '\0'; c = Next(obj, ref i))
        {
            hash = unchecked((hash ^ c) * 16777619);
        }
        return unchecked((int)hash);
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
