using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A swap file as changes name it: by its size and UUID.</summary>
internal static class SwapFile
{
    public static string ValueOf(long size, string? uuid) => $"{ByteText.Of(size)}, UUID={uuid ?? "none"}";

    public static string SettingOf(string path) => $"swap file {path}";

    /// <summary>What is at a path: size and UUID of a swap file; null when nothing is.</summary>
    public static string? ReadValue(Machine machine, string path)
    {
        try
        {
            using SwapPlace place = SwapPlace.OpenExisting(machine, path);
            using KernelFile file = place.OpenFile();
            SwapHeader? header = SwapHeader.Read(file);
            return header is null ? "no swap file" : ValueOf(header.Size, header.Uuid);
        }
        catch (SwapRefusedException e) when (!e.IsAbsent)
        {
            return "no ordinary file";
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return null;
        }
        catch (KernelFormatException)
        {
            return "no swap file";
        }
    }
}
