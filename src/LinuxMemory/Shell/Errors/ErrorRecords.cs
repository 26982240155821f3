using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Turns what Core throws into errors that say what to do next.</summary>
internal static class ErrorRecords
{
    /// <summary>The error for an exception, about the item that the user named.</summary>
    public static MemoryError From(Exception exception, object? target, IShell shell) => exception switch
    {
        MemoryErrorException e => e.Error,
        NeedsLiveMachineException e => Make(ErrorIds.LiveMachineNeeded, ErrorCategory.InvalidOperation, e.Message, target, e),
        KernelFormatException e => Make(ErrorIds.KernelFileMalformed, ErrorCategory.InvalidData,
            $"{e.Message}.{(e.IsOtherKind ? "" : $" {e.NextStep ?? "The file is cut or garbled, or this kernel writes what no known kernel wrote."}")}", target, e),
        SwapRefusedException e => SwapErrors.From(e),
        FileLeftAloneException e => Make(ErrorIds.ConfigFileLeftAlone, ErrorCategory.InvalidOperation, e.Message, target ?? e.Target, e),
        KernelException e => From(e, target, shell),
        _ => Make(ErrorIds.KernelRefused, ErrorCategory.NotSpecified, exception.Message, target, exception),
    };

    /// <summary>An error of its own kind.</summary>
    public static MemoryError Make(string id, ErrorCategory category, string message, object? target, Exception? exception = null) =>
        new()
        {
            Id = id,
            Category = category,
            Message = message,
            Target = target,
            Exception = exception ?? new InvalidOperationException(message),
        };

    private static MemoryError From(KernelException e, object? target, IShell shell)
    {
        if (e.IsDenied)
        {
            return Make(ErrorIds.PermissionDenied, ErrorCategory.PermissionDenied, $"{e.Message}. {Privilege(e, shell)}", target ?? e.Target, e);
        }
        return e.IsAbsent
            ? Make(ErrorIds.KernelFileAbsent, ErrorCategory.ObjectNotFound, AbsentFeature.Explain(e), target ?? e.Target, e)
            : Make(ErrorIds.KernelRefused, CategoryOf(e.Errno), e.Message, target ?? e.Target, e);
    }

    private static string Privilege(KernelException e, IShell shell)
    {
        string capability = Capability.For(e);
        if (Environment.IsPrivilegedProcess)
        {
            return $"This is root, to whom a container, a security module or the file's attribute i or a (lsattr, chattr) refuses it; {capability}.";
        }
        return shell.AsRoot is string line
            ? $"Run it as root: {line} — or {capability}."
            : $"Run it as root, or {capability}.";
    }

    private static ErrorCategory CategoryOf(Errno errno) => errno switch
    {
        Errno.EBUSY or Errno.ETXTBSY => ErrorCategory.ResourceBusy,
        Errno.EEXIST => ErrorCategory.ResourceExists,
        Errno.ENOMEM or Errno.ENOSPC => ErrorCategory.ResourceUnavailable,
        Errno.EINVAL or Errno.ERANGE => ErrorCategory.InvalidArgument,
        Errno.ENOSYS or Errno.EOPNOTSUPP or Errno.ENOTTY => ErrorCategory.NotInstalled,
        Errno.EIO => ErrorCategory.DeviceError,
        Errno.EAGAIN or Errno.EINTR => ErrorCategory.OperationStopped,
        _ => ErrorCategory.NotSpecified,
    };
}
