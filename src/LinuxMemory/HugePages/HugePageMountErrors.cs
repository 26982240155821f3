using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>What the kernel, or the directory, has against a mount of hugetlbfs, and what to do.</summary>
internal static class HugePageMountErrors
{
    /// <summary>Runs a plan or a change of a mount, with its refusals in words.</summary>
    public static T Explain<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (KernelException e) when (From(e, path) is MemoryErrorException error)
        {
            throw error;
        }
        catch (MemoryErrorException e) when (e.Error.Exception is KernelException cause && From(cause, path) is MemoryErrorException error)
        {
            throw new MemoryErrorException(error.Error with { Message = error.Error.Message });
        }
    }

    /// <summary>A number of bytes that cannot be what it is beside another.</summary>
    public static MemoryErrorException MinimumAboveSize() => Error(ErrorIds.ParametersConflict, ErrorCategory.InvalidArgument,
        "-MinSize is more than -Size: a mount cannot keep more for itself than it may use. Nothing was changed.", null, null);

    private static MemoryErrorException? From(KernelException e, string path) => (e.Operation, e.Errno) switch
    {
        ("mount", Errno.ELOOP) => Unusable($"{path} is a symbolic link: the mount would lie where it points. Give that directory's own path.", path, e),
        ("mount", Errno.ENOTDIR) => Unusable($"{path} is no directory.", path, e),
        ("mount", Errno.ENOTEMPTY) => Unusable($"{path} is not empty: a mount would hide what is in it. Give an empty directory or one that is not there yet, or add -Force.", path, e),
        ("mount", Errno.EBUSY) => Unusable($"Something is mounted on {path} already. 'Get-HugePageMount' shows whether it is a hugetlbfs, which Remove-HugePageMount unmounts.", path, e),
        ("mount", Errno.ENOMEM) => Error(ErrorIds.HugePagePoolTooSmall, ErrorCategory.ResourceUnavailable,
            $"The kernel cannot keep -MinSize for {path}: the pool has fewer free huge pages. 'Get-HugePagePool' shows them, Set-HugePagePool makes more.", path, e),
        ("mount", Errno.ENODEV) => Unusable("This kernel has no hugetlbfs: it was built without CONFIG_HUGETLBFS.", path, e),
        ("umount2", Errno.EINVAL) => Error(ErrorIds.HugePageMountNotFound, ErrorCategory.ObjectNotFound,
            $"No hugetlbfs is mounted last on {path}. 'Get-HugePageMount' lists those that are.", path, e),
        ("umount2", Errno.EBUSY) => Error(ErrorIds.HugePageMountBusy, ErrorCategory.ResourceBusy,
            $"{path} is in use: a process has a file of it open or mapped, or its working directory there. 'Get-ProcessMemoryMap -Path {path}/*' finds those that map one.", path, e),
        ("open", Errno.ENOENT or Errno.ENOTDIR) => Unusable($"{path} cannot be made: the directory above it is not there. Make that one first.", path, e),
        _ => null,
    };

    private static MemoryErrorException Unusable(string message, string path, Exception e) =>
        Error(ErrorIds.MountPointUnusable, ErrorCategory.InvalidArgument, message + " Nothing was changed.", path, e);

    private static MemoryErrorException Error(string id, ErrorCategory category, string message, string? path, Exception? e) =>
        new(ErrorRecords.Make(id, category, message, path, e));
}
