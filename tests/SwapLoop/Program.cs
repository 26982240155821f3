using LinuxMemory.Kernel;

namespace LinuxMemory.SwapLoop;

/// <summary>
/// Makes a swap file in a directory, removes or resizes one, while a test kills it. Before that it clears away what the one before it
/// left when it was killed, as a person would whom the error tells how, and says what that was.
/// </summary>
internal static class Program
{
    private const long Size = 8 << 20;
    private const long Larger = 12 << 20;

    private static int Main(string[] arguments)
    {
        string folder = arguments[0];
        string path = Path.Join(folder, "swapfile");
        byte[] fstab = File.ReadAllBytes(arguments[1]);
        string? problem = Recover(folder, path, fstab);
        Console.WriteLine(problem ?? "clean");
        if (problem is null && arguments[2] != "check")
        {
            Work(path, arguments[2]);
        }
        return problem is null ? 0 : 1;
    }

    private static void Work(string path, string mode)
    {
        PlannedChange change = Plan(path, mode == "shrink" ? Larger : Size);
        if (mode != "create")
        {
            change.Apply(Machine.Live);
            change = mode == "remove" ? SwapFileRemoval.Plan(Machine.Live, path, skipsFit: false)
                : SwapFileResize.Plan(Machine.Live, path, mode == "shrink" ? Size : Larger, skipsChecks: false);
        }
        Console.WriteLine("begun");
        change.Apply(Machine.Live);
        Console.WriteLine("done");
        Thread.Sleep(Timeout.Infinite);
    }

    private static SwapFileCreation Plan(string path, long size = Size) =>
        SwapFileCreation.Plan(Machine.Live, new SwapFileRequest { Path = path, Size = size, Priority = 3, Persists = true });

    // What is wrong; null when everything is as before the first run.
    private static string? Recover(string folder, string path, byte[] fstab)
    {
        bool hasFile = File.Exists(path);
        bool isActive = IsActive(path);
        bool hasLine = !File.ReadAllBytes("/etc/fstab").AsSpan().SequenceEqual(fstab);
        string second = Path.Join(folder, ".swapfile.linuxmemory-resize");
        bool hasSecond = File.Exists(second);
        Console.WriteLine($"left{(hasFile ? $" file of {new FileInfo(path).Length >> 20} MiB" : "")}{(isActive ? " area" : "")}{(hasLine ? " line" : "")}"
            + (hasSecond ? IsActive(second) ? " second area" : " second file" : ""));
        if (hasSecond && Unfinished(path, second, isActive) is string problem)
        {
            return problem;
        }
        if (!hasFile && (isActive || hasLine))
        {
            return $"an area or a line without a file: {File.ReadAllText("/proc/swaps")}{File.ReadAllText("/etc/fstab")}";
        }
        if (hasFile && Refusal(path) is string refusal)
        {
            return refusal;
        }
        if (hasFile)
        {
            SwapFileRemoval.Plan(Machine.Live, path, skipsFit: false).Apply(Machine.Live);
        }
        string[] others = [.. Directory.GetFileSystemEntries(folder).Where(entry => Path.GetFileName(entry) != "lost+found")];
        return others.Length > 0 ? $"orphans: {string.Join(' ', others)}"
            : IsActive(path) ? "the area is still in use"
            : !File.ReadAllBytes("/etc/fstab").AsSpan().SequenceEqual(fstab) ? $"fstab is another: {File.ReadAllText("/etc/fstab")}"
            : null;
    }

    // A complete file, and an error that says how to go on.
    private static string? Refusal(string path)
    {
        FileInfo file = new(path);
        if (file.Length is not (Size or Larger) || file.UnixFileMode != (UnixFileMode.UserRead | UnixFileMode.UserWrite))
        {
            return $"an incomplete file: {file.Length} bytes, {file.UnixFileMode}";
        }
        try
        {
            Plan(path);
            return "the file that was left is not noticed";
        }
        catch (SwapRefusedException e)
        {
            return e.Problem == SwapProblem.FileExists && e.Message.Contains("-SwapFile", StringComparison.Ordinal) ? null : e.Message;
        }
    }

    // A resize that was killed says how to go on, has at no moment less swap than before, and leaves an area that can be used.
    private static string? Unfinished(string path, string second, bool isActive)
    {
        if (!isActive && !IsActive(second))
        {
            return "there is less swap than before";
        }
        try
        {
            SwapFileResize.Plan(Machine.Live, path, Size + 4096, skipsChecks: false);
            return "the second area is not noticed";
        }
        catch (SwapRefusedException e) when (e.Problem == SwapProblem.Unfinished && e.Message.Contains($"Remove-SwapFile {second}", StringComparison.Ordinal))
        {
        }
        if (!isActive)
        {
            SwapAreaUse.PlanEnabling(Machine.Live, path, null, SwapDiscard.None).Apply(Machine.Live);
        }
        SwapFileRemoval.Plan(Machine.Live, second, skipsFit: false).Apply(Machine.Live);
        SwapFileResize.Plan(Machine.Live, path, Size + 4096, skipsChecks: false).Apply(Machine.Live);
        SwapFileResize.Plan(Machine.Live, path, Size, skipsChecks: false).Apply(Machine.Live);
        return null;
    }

    // The kernel writes "(deleted)" behind an area whose file has no name any more: that would be an orphan.
    private static bool IsActive(string path) => File.ReadLines("/proc/swaps").Any(line => line.StartsWith(path, StringComparison.Ordinal));
}
