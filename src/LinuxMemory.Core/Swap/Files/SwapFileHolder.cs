using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Who uses a swap file whose own path /proc/swaps does not show: the kernel lets nobody remove it, and says only EPERM.</summary>
internal static class SwapFileHolder
{
    /// <summary>Makes sure that a file that is not in use under its path is not in use at all.</summary>
    /// <exception cref="SwapRefusedException">It is, with the name that it is used by where that can be seen.</exception>
    public static void RequireNone(Machine machine, SwapPlace place, KernelFile file)
    {
        if (SwapsFile.Read(machine).FirstOrDefault(area => area.IsFile && !area.IsDeleted && area.Path != place.Path && IsSame(machine, area.Path, file)) is ActiveSwap same)
        {
            throw InUse(place.Path, $"{place.Path} is in use as swap under another name of the same file: {same.Path}. Disable-SwapArea '{same.Path}' takes it out of use; then it can be removed.");
        }
    }

    /// <summary>Why the kernel does not let a file go that nothing here uses; the error as it is where that is not known.</summary>
    public static KernelException Explain(Machine machine, SwapPlace place, KernelFile file, KernelException refused)
    {
        string[] others = [.. SwapsFile.Read(machine).Where(area => area.IsFile && !IsSame(machine, area.Path, file)).Select(area => area.Path)];
        return others.Length == 0 || machine.Calls.FlagsOf(file) is FileFlags flags && (flags & (FileFlags.Immutable | FileFlags.AppendOnly)) != 0
            ? refused
            : InUse(place.Path, $"{place.Path} cannot be removed ({refused.Errno}), as no file can that is in use as swap. {machine.Locate(SwapsFile.FilePath)} shows {string.Join(", ", others)}: "
                + $"that may be this file by a path of another mount namespace, as of a container, or below something mounted over it. Run swapoff '{place.Path}', which goes by the file and not by its name; then it can be removed.");
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

    private static SwapRefusedException InUse(string path, string message) => new(SwapProblem.AreaInUse, Errno.EBUSY, path, message);
}
