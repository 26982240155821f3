namespace LinuxMemory.Commands;

/// <summary>Which Linux capability opens a file that was denied. Source: capabilities(7), proc(5).</summary>
internal static class Capability
{
    /// <summary>What would do for an operation on an absolute path, in words behind "Run it as root, or".</summary>
    public static string For(string operation, string target)
    {
        string[] parts = target.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (operation is not "open" and not "read" and not "list" and not "readlink")
        {
            return ForWriting(operation, parts);
        }
        bool ofProcess = parts.Length > 2 && parts[^2].All(char.IsAsciiDigit);
        return ofProcess ? "grant CAP_SYS_PTRACE (as the user of that process nothing is needed)" : "grant CAP_SYS_ADMIN";
    }

    private static string ForWriting(string operation, string[] parts)
    {
        if (parts[^1] == "oom_score_adj" && operation == "write")
        {
            return "grant CAP_SYS_RESOURCE, which lowering the value below what it was needs; root in a container may lack it";
        }
        // The kernel looks at the user there, and at no capability.
        return parts is ["proc", "sys", ..]
            ? "become root in another way: the kernel asks for that user there, and CAP_DAC_OVERRIDE does not do"
            : "grant CAP_DAC_OVERRIDE";
    }
}
