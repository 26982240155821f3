namespace LinuxMemory;

/// <summary>Shell patterns over paths: * and ? within a name, [a-z] and [!a-z] one character, {a,b} one of several texts. Source: glob(7).</summary>
internal static class PathPattern
{
    /// <summary>True when a text holds a pattern.</summary>
    public static bool IsOne(string text) => text.AsSpan().IndexOfAny('*', '?', '[') >= 0;

    /// <summary>True when the whole path matches.</summary>
    public static bool Matches(string pattern, string path) =>
        WithoutBraces(pattern).Any(plain => Matches(plain.AsSpan(), path));

    // Braces are replaced before anything is matched.
    private static IEnumerable<string> WithoutBraces(string pattern)
    {
        int close = pattern.IndexOf('}', StringComparison.Ordinal);
        int open = close < 0 ? -1 : pattern.LastIndexOf('{', close);
        return open < 0
            ? [pattern]
            : pattern[(open + 1)..close].Split(',').SelectMany(choice => WithoutBraces(pattern[..open] + choice + pattern[(close + 1)..]));
    }

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern[0] == '*')
            {
                return MatchesStar(pattern.TrimStart('*'), path);
            }
            if (path.IsEmpty)
            {
                return false;
            }
            int length = 1;
            bool matches = pattern[0] switch
            {
                '?' => path[0] != '/',
                '[' when pattern[1..].IndexOf(']') is int end && end > 0 => InSet(pattern[1..], path[0], out length),
                '\\' when pattern.Length > 1 => Escaped(pattern[1], path[0], out length),
                char literal => literal == path[0],
            };
            if (!matches)
            {
                return false;
            }
            pattern = pattern[length..];
            path = path[1..];
        }
        return path.IsEmpty;
    }

    private static bool MatchesStar(ReadOnlySpan<char> rest, ReadOnlySpan<char> path)
    {
        for (int taken = 0; taken <= path.Length; taken++)
        {
            if (Matches(rest, path[taken..]))
            {
                return true;
            }
            if (taken < path.Length && path[taken] == '/')
            {
                return false;
            }
        }
        return false;
    }

    private static bool Escaped(char literal, char c, out int length)
    {
        length = 2;
        return literal == c;
    }

    // The text behind the bracket; a ] right behind it is a member.
    private static bool InSet(ReadOnlySpan<char> set, char c, out int length)
    {
        bool isNegated = set[0] is '!' or '^';
        int start = isNegated ? 1 : 0;
        int end = set[(start + 1)..].IndexOf(']') + start + 1;
        length = end + 2;
        bool isMember = false;
        for (int i = start; i < end; i++)
        {
            if (i + 2 < end && set[i + 1] == '-')
            {
                isMember |= c >= set[i] && c <= set[i + 2];
                i += 2;
            }
            else
            {
                isMember |= c == set[i];
            }
        }
        return c != '/' && isMember != isNegated;
    }
}
