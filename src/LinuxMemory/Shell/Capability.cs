namespace LinuxMemory.Commands;

/// <summary>Which Linux capability opens a file that was denied. Source: capabilities(7), proc(5).</summary>
internal static class Capability
{
    /// <summary>The capability's name for an absolute path.</summary>
    public static string For(string target)
    {
        string[] parts = target.Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool ofProcess = parts.Length > 2 && parts[^2].All(char.IsAsciiDigit);
        return ofProcess ? "CAP_SYS_PTRACE (as the user of that process nothing is needed)" : "CAP_SYS_ADMIN";
    }
}
