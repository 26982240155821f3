using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Who uses a swap file whose own path /proc/swaps does not show: the kernel lets nobody remove it, and says only EPERM.</summary>
internal static class SwapFileHolder
{
    /// <summary>Makes sure that a file that is not in use under its path is not in use at all.</summary>
    /// <exception cref="SwapRefusedException">It is, with the name that it is used by where that can be seen.</exception>
    public static void RequireNone(Machine machine, SwapPlace place, KernelFile file)
    {
        IReadOnlyList<ActiveSwap> files = [.. SwapsFile.Read(machine).Where(area => area.IsFile)];
        if (files.FirstOrDefault(area => !area.IsDeleted && area.Path != place.Path && IsSame(machine, area.Path, file)) is ActiveSwap same)
        {
            throw InUse(place.Path, $"{place.Path} is in use as swap under another name of the same file: {same.Path}. Disable-SwapArea '{same.Path}' takes it out of use; then it can be removed.");
        }
        if (IsLocked(place))
        {
            string names = files.Count == 0 ? "shows no file" : $"shows {string.Join(", ", files.Select(area => area.Path))}";
            throw InUse(place.Path, $"{place.Path} is in use as swap, and not under a path that leads to it from here ({machine.Locate(SwapsFile.FilePath)} {names}): "
                + $"it was taken into use in another mount namespace, as of a container, or something is mounted over its path. Run swapoff '{place.Path}', which goes by the file and not by the name; then it can be removed.");
        }
    }

    private static bool IsSame(Machine machine, string path, KernelFile file)
    {
        try
        {
            using KernelFile area = machine.OpenArea(path);
            return FileCalls.AreSame(area, file);
        }
        catch (KernelException)
        {
            return false;
        }
    }

    // Nobody may write to a file that the kernel swaps to.
    private static bool IsLocked(SwapPlace place)
    {
        try
        {
            place.OpenFile(writes: true).Dispose();
            return false;
        }
        catch (KernelException e)
        {
            return e.Errno == Errno.ETXTBSY;
        }
    }

    private static SwapRefusedException InUse(string path, string message) => new(SwapProblem.AreaInUse, Errno.EBUSY, path, message);
}
