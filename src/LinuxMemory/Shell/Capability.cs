using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Which Linux capability opens a file that was denied. Source: capabilities(7), proc(5).</summary>
internal static class Capability
{
    /// <summary>What would do for what was refused, in words behind "Run it as root, or".</summary>
    public static string For(KernelException denied)
    {
        string[] parts = denied.Target.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (denied.Operation is not "open" and not "read" and not "list" and not "readlink")
        {
            return ForWriting(denied.Operation, parts);
        }
        // /proc/PID/smaps, and deeper: /proc/PID/ns/mnt; /proc/PID itself where hidepid hides it.
        bool ofProcess = (parts.Length > 2 && parts[^2].All(char.IsAsciiDigit)) || (parts is ["proc", string id, ..] && id.All(char.IsAsciiDigit));
        // EACCES: the file's mode says no, which a capability overrides; EPERM: the kernel itself asks for one.
        return ofProcess ? "grant CAP_SYS_PTRACE (as the user of that process nothing is needed)"
            : denied.Errno == Errno.EACCES ? "grant CAP_DAC_READ_SEARCH" : "grant CAP_SYS_ADMIN";
    }

    private static string ForWriting(string operation, string[] parts)
    {
        if (parts is [.., "oom_score_adj"] && operation == "write")
        {
            return "grant CAP_SYS_RESOURCE, which lowering the value below what it was needs; root in a container may lack it";
        }
        if (operation is "mount" or "umount2" or "swapon" or "swapoff")
        {
            return "grant CAP_SYS_ADMIN";
        }
        if (ForProcess(operation) is string capability)
        {
            return $"grant {capability}";
        }
        // The kernel looks at the user there, and at no capability.
        return parts is ["proc", "sys", ..]
            ? "become root in another way: the kernel asks for that user there, and CAP_DAC_OVERRIDE does not do"
            : "grant CAP_DAC_OVERRIDE";
    }

    // Calls about another process. Source: their manual pages.
    private static string? ForProcess(string operation) => operation switch
    {
        "prlimit" => "CAP_SYS_RESOURCE",
        "migrate_pages" => "CAP_SYS_NICE (and CAP_SYS_PTRACE for other users' processes)",
        "process_madvise" => "CAP_SYS_NICE (and CAP_SYS_PTRACE for other users' processes)",
        "process_vm_readv" or "ptrace" => "CAP_SYS_PTRACE (as the user of that process nothing is needed)",
        _ => null,
    };
}
