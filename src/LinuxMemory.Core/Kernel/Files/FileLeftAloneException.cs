namespace LinuxMemory.Kernel;

/// <summary>A configuration file was left as it is, since no way to change it keeps everything that must be kept.</summary>
public sealed class FileLeftAloneException : KernelException
{
    private FileLeftAloneException(Errno errno, string target, string message)
        : base(errno, "edit", target, message)
    {
    }

    internal static FileLeftAloneException LeadsAway(string target, string real) => new(Errno.ELOOP, target,
        $"{target} is a symbolic link to {real}, which is another place. Change that file by hand, or put a file of its own in the place of the link.");

    internal static FileLeftAloneException HasManyNames(string target, long most) => new(Errno.EMLINK, target,
        $"{target} has several names (hard links) and more than {most} bytes: replacing it would part the names, and writing into it could leave half of it. Make it a file of its own first: cp -a and mv.");

    internal static FileLeftAloneException LinesAreGone(string target) => new(Errno.EINVAL, target,
        $"{target} does not have the lines any more that are to be replaced. Change it by hand.");

    internal static FileLeftAloneException IsNoFile(string target) => new(Errno.EOPNOTSUPP, target,
        $"{target} is no ordinary file.");
}
