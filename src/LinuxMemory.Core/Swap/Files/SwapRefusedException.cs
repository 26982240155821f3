using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Why something is not done with a swap area.</summary>
public enum SwapProblem
{
    /// <summary>Something has the name that a new file is to have.</summary>
    FileExists,
    /// <summary>The file system or directory is none for swap files.</summary>
    PlaceUnsuitable,
    /// <summary>The file system has too little space.</summary>
    SpaceShort,
    /// <summary>The size is none that a swap area can have here.</summary>
    SizeInvalid,
    /// <summary>The file or device is no swap area, or none that this kernel takes.</summary>
    AreaInvalid,
    /// <summary>Nothing of that name is a swap area.</summary>
    AreaNotFound,
    /// <summary>The area is in use.</summary>
    AreaInUse,
    /// <summary>What is in the area does not fit into memory.</summary>
    DoesNotFit,
    /// <summary>The kernel was not able to bring everything back.</summary>
    NotBroughtBack,
    /// <summary>What a killed command left is in the way.</summary>
    Unfinished,
    /// <summary>A step failed, and what came before could not all be taken back.</summary>
    NotTakenBack,
}

/// <summary>Something is not done with a swap area, with the reason and the alternative in the message.</summary>
public sealed class SwapRefusedException : KernelException
{
    /// <summary>Makes the exception.</summary>
    public SwapRefusedException(SwapProblem problem, Errno errno, string target, string message)
        : base(errno, "swap", target, message) => Problem = problem;

    /// <summary>For a path at which no file or device can be opened; null for an error that speaks for itself.</summary>
    internal static SwapRefusedException? NotOpened(Errno errno, string path) => errno switch
    {
        Errno.ENOENT or Errno.ENOTDIR => new(SwapProblem.AreaNotFound, errno, path, $"There is no file or device {path}. Get-SwapArea shows the swap areas that are known."),
        Errno.ELOOP => new(SwapProblem.AreaInvalid, errno, path, $"{path} is a link, and links are not followed here: give the path of the file itself."),
        Errno.EISDIR => new(SwapProblem.AreaInvalid, errno, path, $"{path} is a directory: give the path of a swap file or device."),
        _ => null,
    };

    /// <summary>Why.</summary>
    public SwapProblem Problem { get; }
}
