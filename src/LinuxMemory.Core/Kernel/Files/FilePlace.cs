namespace LinuxMemory.Kernel;

/// <summary>Where a configuration file really lies when links lead to it.</summary>
internal static class FilePlace
{
    /// <summary>The path from the machine's root without any link. A link may lead on inside the same place, such as /etc, and no further.</summary>
    public static string Resolve(MachineFiles files, string path)
    {
        try
        {
            using KernelFile root = files.OpenDirectory(".");
            string real = RealPath(files, path);
            string relative = Path.GetRelativePath(NameOf(root), real);
            return PlaceOf(relative) == PlaceOf(path) ? relative : throw FileLeftAloneException.LeadsAway(files.Locate(path), real);
        }
        catch (KernelException e) when (e.Errno == Errno.ENOENT)
        {
            return IsLink(files, path) ? throw FileLeftAloneException.LeadsAway(files.Locate(path), "a file that is not there") : path;
        }
    }

    private static string PlaceOf(string path) => path.Split('/', 2)[0];

    private static string RealPath(MachineFiles files, string path)
    {
        while (true)
        {
            using KernelFile file = files.OpenPath(path);
            string real = NameOf(file);
            // Another session put a new file in its place just now.
            if (!real.EndsWith(" (deleted)", StringComparison.Ordinal))
            {
                return real;
            }
        }
    }

    /// <summary>The path by which the kernel knows what is open, on this computer.</summary>
    public static string NameOf(KernelFile file) => FileCalls.ReadLink(file, $"/proc/self/fd/{file.Number}", file.Name);

    private static bool IsLink(MachineFiles files, string path)
    {
        try
        {
            using KernelFile link = files.OpenLink(path);
            return FileCalls.KindOf(link) == FileKind.Link;
        }
        catch (KernelException e) when (e.Errno == Errno.ENOENT)
        {
            return false;
        }
    }
}
