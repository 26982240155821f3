namespace LinuxMemory.Kernel;

/// <summary>The kernel refused an operation. Carries errno, the operation in the kernel's words and what it was done to.</summary>
public class KernelException : Exception
{
    /// <summary>Makes the exception from errno, read right after the call.</summary>
    public KernelException(Errno errno, string operation, string target)
        : base($"{operation} {target}: {errno.Describe()}")
    {
        Errno = errno;
        Operation = operation;
        Target = target;
    }

    /// <summary>Makes the exception with a sentence of its own in the place of the C library's.</summary>
    protected KernelException(Errno errno, string operation, string target, string message)
        : base(message)
    {
        Errno = errno;
        Operation = operation;
        Target = target;
    }

    /// <summary>The error number that the kernel returned.</summary>
    public Errno Errno { get; }

    /// <summary>The system call, for example "open".</summary>
    public string Operation { get; }

    /// <summary>The absolute path, process or device that the call was made on.</summary>
    public string Target { get; }

    /// <summary>True when more privilege would have helped (EPERM, EACCES).</summary>
    public bool IsDenied => Errno is Errno.EPERM or Errno.EACCES;

    /// <summary>True when the thing is not there, or not there any more (ENOENT, ESRCH, ENODEV, ENXIO, ENOTDIR).</summary>
    public bool IsAbsent => Errno.IsAbsent();
}

/// <summary>A system call was asked for on a tree of files, where there is no kernel to answer it.</summary>
public sealed class NeedsLiveMachineException : KernelException
{
    /// <summary>Makes the exception for one operation.</summary>
    public NeedsLiveMachineException(string operation)
        : base(Errno.ENOSYS, operation, "a tree of files", $"{operation} needs the live machine: a tree of files has no kernel to ask. Leave out -Root to work on this computer.")
    {
    }
}
