using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What is looked at before a swap file is made, without touching anything.</summary>
internal static class SwapFileCheck
{
    private const long LargestReserve = 1L << 30;
    private const int ReservePercent = 5;

    /// <summary>The file system of a place, when it can hold a new swap file of so many bytes.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="place">Where the file is to be.</param>
    /// <param name="size">The file's size in bytes, or of several files together.</param>
    /// <param name="usesReserve">True leaves nothing free for others.</param>
    /// <exception cref="SwapRefusedException">It cannot.</exception>
    public static SwapFileSystem Require(Machine machine, SwapPlace place, long size, bool usesReserve)
    {
        FileSystemStatus status = machine.Calls.FileSystemOf(place.Directory);
        SwapFileSystem system = SwapFileSystem.Of(status.Magic);
        if (system.Refusal is not null)
        {
            throw new SwapRefusedException(SwapProblem.PlaceUnsuitable, Errno.EOPNOTSUPP, place.Path,
                $"{place.DirectoryPath} is {system.Name}, which cannot hold a swap file: {system.Refusal}. Use {system.Instead}.");
        }
        if (status.IsReadOnly)
        {
            throw new SwapRefusedException(SwapProblem.PlaceUnsuitable, Errno.EROFS, place.Path,
                $"{place.DirectoryPath} is mounted read-only: mount it for writing, or choose another directory.");
        }
        if (machine.Calls.LargestFileSize is long most && size > most)
        {
            throw new SwapRefusedException(SwapProblem.SizeInvalid, Errno.EFBIG, place.Path,
                $"This process may make files of at most {ByteText.Of(most)} (ulimit -f, RLIMIT_FSIZE), and {ByteText.Of(size)} are needed: raise the limit.");
        }
        long reserve = usesReserve ? 0 : Math.Min(LargestReserve, status.Size / 100 * ReservePercent);
        if (!usesReserve && status.Available - reserve < size)
        {
            throw new SwapRefusedException(SwapProblem.SpaceShort, Errno.ENOSPC, place.Path,
                $"The file system of {place.DirectoryPath} has {ByteText.Of(status.Available)} free, of which {ByteText.Of(reserve)} stay for others, and {ByteText.Of(size)} are needed. "
                + "Make room, take less, choose another place, or add -Force to leave nothing free.");
        }
        return system;
    }

    /// <summary>The size in whole pages.</summary>
    /// <exception cref="SwapRefusedException">It is less than ten pages.</exception>
    public static long RequireSize(Machine machine, string path, long size)
    {
        int page = machine.Calls.PageSize;
        return size / page >= SwapHeader.LeastPages
            ? size / page * page
            : throw new SwapRefusedException(SwapProblem.SizeInvalid, Errno.EINVAL, path,
                $"{ByteText.Of(size)} are too little: a swap area has at least {SwapHeader.LeastPages} pages, which are {ByteText.Of((long)page * SwapHeader.LeastPages)} here.");
    }

    /// <summary>What is lost of a file on a file system with small blocks; null for nothing. Source: generic_swapfile_activate in the kernel's mm/page_io.c.</summary>
    public static string? CautionOf(Machine machine, SwapPlace place) =>
        machine.Calls.FileSystemOf(place.Directory).BlockSize is long block and > 0 && block < machine.Calls.PageSize
            ? $"The file system of {place.DirectoryPath} has blocks of {ByteText.Of(block)}, and the kernel swaps to whole pages of {ByteText.Of(machine.Calls.PageSize)} that lie together: "
                + "it passes over what does not fit, up to about 14% of the file. Get-SwapArea shows what is left; take a little more, or a file system with blocks of a page."
            : null;

    /// <summary>Refuses a place where something is.</summary>
    /// <exception cref="SwapRefusedException">Something has the name.</exception>
    public static void RequireFree(Machine machine, SwapPlace place)
    {
        if (place.IsTaken)
        {
            throw Exists(place.Path, WhatIsThere(machine, place));
        }
    }

    public static SwapRefusedException Exists(string path, string what) => new(SwapProblem.FileExists, Errno.EEXIST, path, $"{path} is there already: {what}.");

    private static string WhatIsThere(Machine machine, SwapPlace place)
    {
        if (SwapsFile.Read(machine).Any(area => area.Path == place.Path))
        {
            return "a swap file in use. Resize-SwapFile changes its size";
        }
        try
        {
            using KernelFile file = place.OpenFile();
            return SwapHeader.Read(file) is null
                ? "a file that is no swap area, and nothing that is there is ever overwritten. Choose another name"
                : "a complete swap file that is not in use, as a New-SwapFile leaves that was killed at its end. Enable-SwapArea takes it into use, Remove-SwapFile removes it";
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            return "nothing that is there is ever overwritten. Choose another name";
        }
    }
}
