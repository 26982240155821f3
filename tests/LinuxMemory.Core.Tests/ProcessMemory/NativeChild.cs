namespace LinuxMemory.Core.Tests;

/// <summary>A C program that a test compiles and starts; it writes "ready" when it is as the test wants it, and is killed at the end.</summary>
internal sealed class NativeChild : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-native-").FullName;
    private readonly Child _child;

    private NativeChild(string source, string[] flags)
    {
        Path = System.IO.Path.Join(_folder, "program");
        string compiler = Child.Tool("gcc");
        string code = System.IO.Path.Join(_folder, "program.c");
        File.WriteAllText(code, source);
        Assert.NotNull(Child.Run(compiler, [code, "-o", Path, "-O0", "-g", .. flags]));
        _child = Child.Start(Path, _folder);
    }

    public int Id => _child.Id;

    /// <summary>The program's file.</summary>
    public string Path { get; }

    /// <summary>A directory of its own, which the program gets as its argument.</summary>
    public string Folder => _folder;

    /// <summary>Compiles and starts; the test is skipped where there is no compiler.</summary>
    public static NativeChild Start(string source, params string[] flags) => new(source, flags);

    public List<ProcessMemoryMapping> Mappings(bool fast = false) => _child.Mappings(fast);

    public void WaitUntilAsleep() => _child.WaitUntilAsleep();

    /// <summary>Ends it before the test does.</summary>
    public void End() => _child.End();

    public void Dispose()
    {
        _child.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
