using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Whether the parts of a file are such as the kernel swaps to. Source: FIEMAP, the kernel's mm/page_io.c.</summary>
internal static class SwapExtents
{
    private const FileExtentFlags Refused = FileExtentFlags.Unknown | FileExtentFlags.Delayed | FileExtentFlags.Encoded | FileExtentFlags.NotAligned
        | FileExtentFlags.Inline | FileExtentFlags.Tail | FileExtentFlags.Shared;

    /// <summary>What is wrong with an open file of so many bytes; null when nothing is, or when its file system cannot say.</summary>
    public static string? Problem(Machine machine, KernelFile file, long size)
    {
        try
        {
            return Problem(machine.Calls.Extents(file), size);
        }
        catch (KernelException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with a file of so many bytes; null when nothing is.</summary>
    public static string? Problem(IReadOnlyList<FileExtent> extents, long size)
    {
        long end = 0;
        foreach (FileExtent extent in extents)
        {
            if (extent.Start > end)
            {
                break;
            }
            FileExtentFlags wrong = extent.Flags & Refused;
            if (wrong != 0)
            {
                return $"the part at byte {extent.Start} is {wrong.ToString().ToLowerInvariant()}";
            }
            end = extent.Start + extent.Length;
        }
        return end < size ? $"it has a hole at byte {end}" : null;
    }
}
