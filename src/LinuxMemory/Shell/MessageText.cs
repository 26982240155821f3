namespace LinuxMemory.Commands;

/// <summary>What is said to the user: names and paths in it come from anybody, and must not move the terminal's cursor or set its title.</summary>
internal static class MessageText
{
    /// <summary>The text with control characters as "?"; the ends of its lines stay.</summary>
    public static string Of(string text) => text.Any(IsUnsafe) ? string.Concat(text.Select(letter => IsUnsafe(letter) ? '?' : letter)) : text;

    private static bool IsUnsafe(char letter) => char.IsControl(letter) && letter != '\n';
}
