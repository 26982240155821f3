using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What is looked at before a file or device is used as a swap area.</summary>
internal static class SwapAreaCheck
{
    /// <summary>The header of a file or device.</summary>
    /// <exception cref="SwapRefusedException">It is no swap area.</exception>
    public static SwapHeader RequireHeader(KernelFile file, string path)
    {
        try
        {
            return SwapHeader.Read(file) ?? throw new SwapRefusedException(SwapProblem.AreaInvalid, Errno.EINVAL, path,
                $"{path} is no swap area: it has no header of one. New-SwapFile makes swap files, mkswap prepares partitions.");
        }
        catch (KernelFormatException e)
        {
            throw new SwapRefusedException(SwapProblem.AreaInvalid, Errno.EINVAL, path, $"{path} has a damaged header of a swap area: expected {e.Expected}, found {e.Found}.");
        }
    }

    /// <summary>Makes sure that the kernel takes an area, and that nobody's memory is lost or can be read by others.</summary>
    /// <exception cref="SwapRefusedException">It does not, with the reason that swapon(2) does not give.</exception>
    public static void RequireUsable(Machine machine, KernelFile file, SwapHeader header, string path)
    {
        if (header.IsHibernated)
        {
            throw new SwapRefusedException(SwapProblem.AreaInvalid, Errno.EINVAL, path,
                $"{path} holds a sleeping machine: taking it into use would lose it. Boot from it once, or make the area anew when nobody wants it any more.");
        }
        if (header.PageSize != machine.Calls.PageSize)
        {
            throw new SwapRefusedException(SwapProblem.AreaInvalid, Errno.EINVAL, path,
                $"{path} was made for pages of {header.PageSize} bytes, and this kernel has pages of {machine.Calls.PageSize}: make it anew.");
        }
        FileStatus status = FileCalls.StatusOf(file);
        if (status.Kind != FileKind.Regular)
        {
            return;
        }
        if (header.Size > status.Size)
        {
            throw new SwapRefusedException(SwapProblem.AreaInvalid, Errno.EINVAL, path,
                $"{path} is cut: its header speaks of {ByteText.Of(header.Size)}, and the file has {ByteText.Of(status.Size)}. Remove it and make it anew.");
        }
        SwapFileSystem system = SwapFileSystem.Of(machine.Calls.FileSystemOf(file).Magic);
        if (system.Refusal is not null)
        {
            throw new SwapRefusedException(SwapProblem.PlaceUnsuitable, Errno.EOPNOTSUPP, path,
                $"{path} is on {system.Name}, which cannot hold a swap file: {system.Refusal}. Use {system.Instead}.");
        }
        if (SwapExtents.Problem(machine, file, header.Size) is string problem)
        {
            throw new SwapRefusedException(SwapProblem.AreaInvalid, Errno.EINVAL, path,
                $"{path} is none that the kernel takes: {problem}. Remove-SwapFile and New-SwapFile make one without.");
        }
    }
}
