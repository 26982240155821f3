using System.Diagnostics;

namespace LinuxMemory.Fixtures;

/// <summary>
/// A directory in which a program of this computer runs with chroot, so that it reads and writes nothing else. Needs root and
/// the program; the test is skipped where one is missing.
/// </summary>
public sealed class ToolJail : IDisposable
{
    private static readonly string[] Kept = ["usr", "lib", "lib64", "dev"];
    private readonly string[] _tools;

    private ToolJail(string[] tools) => _tools = tools;

    /// <summary>The directory.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("linuxmemory-jail-").FullName;

    /// <summary>Makes a jail that holds the given programs.</summary>
    public static ToolJail Of(params string[] tools)
    {
        Assert(Environment.IsPrivilegedProcess, "chroot needs root");
        foreach (string tool in tools)
        {
            Assert(File.Exists(tool), $"{tool} is not installed");
        }
        ToolJail jail = new(tools);
        // As on today's systems; the programs' loader is looked for in /lib64.
        Directory.CreateDirectory(Path.Join(jail.Root, "usr/lib"));
        Directory.CreateDirectory(Path.Join(jail.Root, "usr/lib64"));
        File.CreateSymbolicLink(Path.Join(jail.Root, "lib"), "usr/lib");
        File.CreateSymbolicLink(Path.Join(jail.Root, "lib64"), "usr/lib64");
        foreach (string file in tools.Concat(tools.SelectMany(Libraries)).Distinct())
        {
            string target = jail.Root + file;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return jail;
    }

    /// <summary>Removes everything but the programs.</summary>
    public void Clear()
    {
        foreach (string directory in Directory.GetDirectories(Root).Where(path => !Kept.Contains(Path.GetFileName(path))))
        {
            Directory.Delete(directory, recursive: true);
        }
        foreach (string directory in Directory.GetDirectories(Path.Join(Root, "usr/lib"), "*.d").Append(Path.Join(Root, "usr/local")).Where(Directory.Exists))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Writes a file with its directories; a text "-> x" makes a link to x.</summary>
    public void Write(string path, string text)
    {
        string full = Path.Join(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        if (text.StartsWith("-> ", StringComparison.Ordinal))
        {
            File.CreateSymbolicLink(full, text[3..]);
        }
        else
        {
            File.WriteAllText(full, text);
        }
    }

    /// <summary>The text of a file.</summary>
    public string Read(string path) => File.ReadAllText(Path.Join(Root, path));

    /// <summary>Runs one of the jail's programs in it; its exit code and words do not matter.</summary>
    public void Run(string tool, params string[] arguments) => RunOutside("chroot", [Root, _tools.Single(name => name == tool), .. arguments]);

    /// <summary>Runs a program of this computer.</summary>
    public static string RunOutside(string tool, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static IEnumerable<string> Libraries(string tool)
    {
        using Process ldd = Process.Start(new ProcessStartInfo("ldd", [tool]) { RedirectStandardOutput = true })!;
        string output = ldd.StandardOutput.ReadToEnd();
        ldd.WaitForExit();
        return output.Split([' ', '\t', '\n']).Where(word => word.StartsWith('/'));
    }

    // xunit's own way to skip, without its package here.
    private static void Assert(bool condition, string reason)
    {
        if (!condition)
        {
            throw new InvalidOperationException("$XunitDynamicSkip$" + reason);
        }
    }
}
