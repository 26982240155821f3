using System.Diagnostics;

namespace LinuxMemory.Core.Tests;

/// <summary>A Java program that a test compiles, starts and ends; the test is skipped where there is no JDK.</summary>
internal sealed class JavaProgram : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private JavaProgram(DirectoryInfo folder, ProcessStartInfo start)
    {
        _folder = folder;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
        Assert.Equal("ready", _process.StandardOutput.ReadLine());
    }

    public int Id => _process.Id;

    /// <summary>Runs a class until its first line.</summary>
    public static JavaProgram Start(string source, string name, params string[] options)
    {
        DirectoryInfo folder = Compile(source, name);
        return new JavaProgram(folder, new ProcessStartInfo(Child.Tool("java"), [.. options, "-cp", folder.FullName, name]));
    }

    /// <summary>The same in mount and process namespaces of its own, with an empty /tmp.</summary>
    public static JavaProgram StartIn(string unshare, string source, string name, params string[] options)
    {
        DirectoryInfo folder = Compile(source, name);
        string[] command = [Child.Tool("java"), .. options, "-cp", "/mnt", name];
        return new JavaProgram(folder, new ProcessStartInfo(unshare,
            ["--mount", "--pid", "--fork", "--kill-child", "sh", "-c", $"mount --bind {folder.FullName} /mnt && mount -t tmpfs tmpfs /tmp && exec \"$@\"", "sh", .. command]));
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static DirectoryInfo Compile(string source, string name)
    {
        string javac = Child.Tool("javac");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("linuxmemory-java-");
        string file = Path.Join(folder.FullName, name + ".java");
        File.WriteAllText(file, source);
        Assert.NotNull(Child.Run(javac, "-d", folder.FullName, file));
        return folder;
    }
}
