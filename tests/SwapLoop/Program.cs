using LinuxMemory.Kernel;

namespace LinuxMemory.SwapLoop;

/// <summary>
/// Makes a swap file in a directory, or removes one, while a test kills it. Before that it clears away what the one before it
/// left when it was killed, as a person would whom the error tells how, and says what that was.
/// </summary>
internal static class Program
{
    private const long Size = 8 << 20;

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
        PlannedChange change = Plan(path);
        if (mode == "remove")
        {
            change.Apply(Machine.Live);
            change = SwapFileRemoval.Plan(Machine.Live, path, skipsFit: false);
        }
        Console.WriteLine("begun");
        change.Apply(Machine.Live);
        Console.WriteLine("done");
        Thread.Sleep(Timeout.Infinite);
    }

    private static SwapFileCreation Plan(string path) =>
        SwapFileCreation.Plan(Machine.Live, new SwapFileRequest { Path = path, Size = Size, Priority = 3, Persists = true });

    // What is wrong; null when everything is as before the first run.
    private static string? Recover(string folder, string path, byte[] fstab)
    {
        bool hasFile = File.Exists(path);
        bool isActive = IsActive(path);
        bool hasLine = !File.ReadAllBytes("/etc/fstab").AsSpan().SequenceEqual(fstab);
        Console.WriteLine($"left{(hasFile ? " file" : "")}{(isActive ? " area" : "")}{(hasLine ? " line" : "")}");
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
        if (file.Length != Size || file.UnixFileMode != (UnixFileMode.UserRead | UnixFileMode.UserWrite))
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

    // The kernel writes "(deleted)" behind an area whose file has no name any more: that would be an orphan.
    private static bool IsActive(string path) => File.ReadLines("/proc/swaps").Any(line => line.StartsWith(path, StringComparison.Ordinal));
}
