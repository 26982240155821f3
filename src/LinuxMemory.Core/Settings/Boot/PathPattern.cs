namespace LinuxMemory;

/// <summary>Shell patterns over paths: * and ? within a name, [a-z] and [!a-z] one character, {a,b} one of several texts. Source: glob(7).</summary>
internal static class PathPattern
{
    private const int LongestPattern = 4096;
    private const int MostChoices = 1000;

    /// <summary>True when a text holds a pattern.</summary>
    public static bool IsOne(string text) => text.AsSpan().IndexOfAny('*', '?', '[') >= 0;

    /// <summary>True when the whole path matches. A pattern with more than a thousand choices is cut there, so that no file can stall us.</summary>
    public static bool Matches(string pattern, string path) =>
        pattern.Length <= LongestPattern && WithoutBraces(pattern).Take(MostChoices).Any(plain => MatchesPath(plain, path));

    // Braces are replaced before anything is matched.
    private static IEnumerable<string> WithoutBraces(string pattern)
    {
        int close = pattern.IndexOf('}', StringComparison.Ordinal);
        int open = close < 0 ? -1 : pattern.LastIndexOf('{', close);
        return open < 0
            ? [pattern]
            : pattern[(open + 1)..close].Split(',').SelectMany(choice => WithoutBraces(pattern[..open] + choice + pattern[(close + 1)..]));
    }

    private static bool MatchesPath(string pattern, string path)
    {
        string[] patterns = pattern.Split('/');
        string[] names = path.Split('/');
        return patterns.Length == names.Length && patterns.Zip(names).All(pair => MatchesName(pair.First, pair.Second));
    }

    private static bool MatchesName(string pattern, string name)
    {
        int at = 0;
        int next = 0;
        int starAt = -1;
        int starNext = 0;
        while (next < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                starAt = ++at;
                starNext = next;
            }
            else if (at < pattern.Length && MatchesOne(pattern.AsSpan(at), name[next], out int length))
            {
                at += length;
                next++;
            }
            else if (starAt >= 0)
            {
                // The last * takes one character more; an earlier one never needs to.
                at = starAt;
                next = ++starNext;
            }
            else
            {
                return false;
            }
        }
        return pattern.AsSpan(at).Trim('*').IsEmpty;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, char c, out int length)
    {
        length = 1;
        return pattern[0] switch
        {
            '?' => true,
            '[' when EndOfSet(pattern) > 0 => InSet(pattern[1..], c, out length),
            '\\' when pattern.Length > 1 => Escaped(pattern[1], c, out length),
            char literal => literal == c,
        };
    }

    // A ] right behind the bracket, or behind its !, is a member. 0 for a bracket that nothing closes, which means itself.
    private static int EndOfSet(ReadOnlySpan<char> pattern)
    {
        int first = pattern.Length > 1 && (pattern[1] is '!' or '^') ? 2 : 1;
        int end = pattern.Length > first + 1 ? pattern[(first + 1)..].IndexOf(']') : -1;
        return end < 0 ? 0 : end + first + 1;
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
        return isMember != isNegated;
    }
}
