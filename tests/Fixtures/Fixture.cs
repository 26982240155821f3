using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using LinuxMemory.Kernel;

namespace LinuxMemory.Fixtures;

/// <summary>Captured machines, unpacked once for each test process into a folder that goes with it.</summary>
public static class Fixture
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("linuxmemory-fixtures-").FullName;
    private static readonly ConcurrentDictionary<string, Lazy<string>> Unpacked = new();

    static Fixture() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    /// <summary>The names of all captured machines, such as "6.12.117+deb12-amd64-numa2".</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Checkout.Path("tests", "Fixtures"), "*.tar.gz")
            .Select(path => Path.GetFileName(path)[..^".tar.gz".Length]).Order(StringComparer.Ordinal)];

    /// <summary>The directory that a captured machine lies in. Nobody may change it: see <see cref="Copy"/>.</summary>
    public static string PathOf(string name) => Unpacked.GetOrAdd(name, n => new Lazy<string>(() => Unpack(n, Path.Join(Folder, n)))).Value;

    /// <summary>A captured machine.</summary>
    public static Machine Machine(string name) => Kernel.Machine.At(PathOf(name));

    /// <summary>A copy of a captured machine that a test may change and must delete.</summary>
    public static string Copy(string name) => Unpack(name, Directory.CreateTempSubdirectory("linuxmemory-copy-").FullName);

    /// <summary>The same of some files and directories only, which is much quicker; links are left out.</summary>
    public static string CopyPart(string name, params string[] paths)
    {
        string target = Directory.CreateTempSubdirectory("linuxmemory-part-").FullName;
        foreach (string path in paths)
        {
            CopyTo(Path.Join(PathOf(name), path), Path.Join(target, path));
        }
        return target;
    }

    private static void CopyTo(string from, string to)
    {
        if (File.Exists(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
            return;
        }
        Directory.CreateDirectory(to);
        foreach (FileSystemInfo entry in new DirectoryInfo(from).EnumerateFileSystemInfos().Where(entry => entry.LinkTarget is null))
        {
            CopyTo(entry.FullName, Path.Join(to, entry.Name));
        }
    }

    private static string Unpack(string name, string target)
    {
        Directory.CreateDirectory(target);
        using FileStream packed = File.OpenRead(Checkout.Path("tests", "Fixtures", name + ".tar.gz"));
        using GZipStream plain = new(packed, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(plain, target, overwriteFiles: true);
        return target;
    }
}
