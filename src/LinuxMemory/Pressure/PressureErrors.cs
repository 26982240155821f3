using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>What the kernel says when pressure cannot be had, in words that tell the next step.</summary>
internal static class PressureErrors
{
    /// <summary>The error for a scope; the exception itself where nothing better is known.</summary>
    public static Exception From(KernelException e, string scope, bool isGroup)
    {
        if (isGroup && (e.Errno == Errno.EINVAL || (e.IsAbsent && !e.Target.EndsWith("/memory.pressure", StringComparison.Ordinal))))
        {
            return Error(ErrorIds.CgroupNotFound, ErrorCategory.ObjectNotFound,
                $"There is no cgroup of version 2 called '{scope}'. Give its path below the cgroup file system, such as system.slice/ssh.service.", scope, e);
        }
        return e.IsAbsent || e.Errno == Errno.EOPNOTSUPP
            ? Error(ErrorIds.PressureUnavailable, ErrorCategory.NotInstalled,
                $"{e.Message}. The kernel does not measure pressure here: it is older than 4.20, built without CONFIG_PSI, booted with psi=0, or the cgroup is none of version 2.", scope, e)
            : e;
    }

    /// <summary>A trigger that the kernel refused.</summary>
    public static Exception Refused(KernelException e, PressureTrigger trigger, string scope) => Error(
        ErrorIds.PressureTriggerInvalid, ErrorCategory.InvalidArgument,
        $"The kernel does not take the trigger '{trigger}' (microseconds of stall and of the window): the stall must be longer than 0 and at most the window; the window "
        + "0.5 to 10 seconds, and without CAP_SYS_RESOURCE a multiple of 2 seconds. Write for example -Stall 150ms -Window 2s.", scope, e);

    /// <summary>The group went away while we waited.</summary>
    public static Exception Gone(KernelException e, string scope) => Error(ErrorIds.CgroupNotFound, ErrorCategory.ObjectNotFound,
        $"The cgroup '{scope}' was removed while it was watched.", scope, e);

    private static MemoryErrorException Error(string id, ErrorCategory category, string message, string scope, KernelException e) =>
        new(ErrorRecords.Make(id, category, message, scope, e));
}
