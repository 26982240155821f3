using System.Text;

namespace LinuxMemory.Commands;

/// <summary>
/// A name with PowerShell's wildcards: * any text, ? one character, [a-z] one of a set, and ` before a character that means
/// itself. Case does not count. PowerShell's own class does nothing outside PowerShell.
/// </summary>
internal sealed class WildcardName
{
    private readonly string _pattern;

    public WildcardName(string pattern)
    {
        _pattern = pattern;
        HasWildcard = ContainsWildcard(pattern);
    }

    /// <summary>The pattern as it was given.</summary>
    public string Pattern => _pattern;

    /// <summary>True when it can mean more than one name.</summary>
    public bool HasWildcard { get; }

    /// <summary>The text with a ` before each character that would be a wildcard.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char c in text)
        {
            if (c is '*' or '?' or '[' or ']' or '`')
            {
                escaped.Append('`');
            }
            escaped.Append(c);
        }
        return escaped.ToString();
    }

    /// <summary>True when the whole name is like the pattern.</summary>
    public bool IsMatch(string name)
    {
        int at = 0;
        int next = 0;
        int starAt = -1;
        int starNext = 0;
        while (next < name.Length)
        {
            if (at < _pattern.Length && _pattern[at] == '*')
            {
                starAt = ++at;
                starNext = next;
            }
            else if (at < _pattern.Length && MatchesOne(name[next], ref at))
            {
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
        return _pattern.AsSpan(at).Trim('*').IsEmpty;
    }

    /// <summary>True when a text can mean more than one name.</summary>
    public static bool ContainsWildcard(string pattern)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '`')
            {
                i++;
            }
            else if (pattern[i] is '*' or '?' || (pattern[i] == '[' && EndOfSet(pattern, i) > 0))
            {
                return true;
            }
        }
        return false;
    }

    // Moves behind the element that begins at the position when the character is like it.
    private bool MatchesOne(char c, ref int at)
    {
        int end = at + 1;
        bool matches;
        char first = _pattern[at];
        if (first == '?')
        {
            matches = true;
        }
        else if (first == '[' && EndOfSet(_pattern, at) is int close and > 0)
        {
            matches = IsInSet(c, at + 1, close);
            end = close + 1;
        }
        else if (first == '`' && at + 1 < _pattern.Length)
        {
            matches = Same(_pattern[at + 1], c);
            end = at + 2;
        }
        else
        {
            matches = Same(first, c);
        }
        at = matches ? end : at;
        return matches;
    }

    // A ] right behind the [ is one of the set. 0 for a [ that nothing closes, which means itself.
    private static int EndOfSet(string pattern, int open)
    {
        for (int i = open + 1; i < pattern.Length; i++)
        {
            if (pattern[i] == '`')
            {
                i++;
            }
            else if (pattern[i] == ']' && i > open + 1)
            {
                return i;
            }
        }
        return 0;
    }

    private bool IsInSet(char c, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            char low = Literal(ref i);
            char high = low;
            if (i + 2 < end && _pattern[i + 1] == '-')
            {
                i += 2;
                high = Literal(ref i);
            }
            if (IsBetween(c, low, high) || IsBetween(char.ToUpperInvariant(c), low, high) || IsBetween(char.ToLowerInvariant(c), low, high))
            {
                return true;
            }
        }
        return false;
    }

    private char Literal(ref int at) => _pattern[at] == '`' && at + 1 < _pattern.Length ? _pattern[++at] : _pattern[at];

    private static bool IsBetween(char c, char low, char high) => c >= low && c <= high;

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
