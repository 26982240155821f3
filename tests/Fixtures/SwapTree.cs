using LinuxMemory.Kernel;

namespace LinuxMemory.Fixtures;

/// <summary>A small machine of files on which swap areas can be made: what the kernel is asked is recorded, proc/swaps shows it.</summary>
public sealed class SwapTree : IDisposable
{
    public const string Header = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";

    public SwapTree()
    {
        Root = Directory.CreateTempSubdirectory("linuxmemory-swap-").FullName;
        Calls = new RecordingCalls { Root = Root };
        Machine = Machine.At(Root, Calls);
        foreach (string directory in (string[])["proc", "etc", "var/lib", "mnt"])
        {
            Directory.CreateDirectory(Path.Join(Root, directory));
        }
        Write("proc/swaps", Header);
        Write("proc/meminfo", "MemTotal: 1000000 kB\nMemFree: 500000 kB\nMemAvailable: 500000 kB\nBuffers: 0 kB\nCached: 0 kB\n"
            + File.ReadAllText(Path.Join(Fixture.PathOf("6.12.117+deb12-amd64-swap"), "proc/meminfo")).Split('\n', 6)[5]);
    }

    public string Root { get; }

    public RecordingCalls Calls { get; }

    public Machine Machine { get; }

    public string Swaps => Read("proc/swaps");

    public string Read(string path) => File.ReadAllText(Path.Join(Root, path));

    public void Write(string path, string text) => File.WriteAllText(Path.Join(Root, path), text);

    public bool Has(string path) => new FileInfo(Path.Join(Root, path)) is { Exists: true } or { LinkTarget: not null };

    /// <summary>Makes a swap file of 1 MiB that is not in use.</summary>
    public string MakeArea(string path, string? uuid = "5b2f4f4e-8d4b-4b57-8d9e-3a0a7f0c7f11", int pageSize = 4096)
    {
        byte[] area = new byte[1 << 20];
        SwapHeader.For(area.Length, pageSize, uuid, null).ToPage().CopyTo(area, 0);
        string full = Path.Join(Root, path);
        File.WriteAllBytes(full, area);
        File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return full;
    }

    /// <summary>Everything that has a name, with its content, but the journal.</summary>
    public string Describe() => string.Join('\n', Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/var/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .Select(path => $"{path} {new FileInfo(path).LinkTarget} {(new FileInfo(path) is { Exists: true, LinkTarget: null } ? Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))) : "")}"));

    public void Dispose()
    {
        Calls.Close();
        Directory.Delete(Root, recursive: true);
    }
}
