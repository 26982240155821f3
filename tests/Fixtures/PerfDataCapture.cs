using System.IO.Compression;

namespace LinuxMemory.Fixtures;

/// <summary>Captured files of counters of JVMs.</summary>
public static class PerfDataCapture
{
    /// <summary>The collectors that there are captures of.</summary>
    public static IReadOnlyList<string> Collectors { get; } = ["Serial", "Parallel", "G1", "Z", "Shenandoah"];

    /// <summary>The bytes of the file of a JVM with a collector.</summary>
    public static byte[] Bytes(string collector)
    {
        using FileStream packed = File.OpenRead(Checkout.Path("tests", "Fixtures", "hsperfdata", $"17-{collector}.gz"));
        using GZipStream plain = new(packed, CompressionMode.Decompress);
        using MemoryStream bytes = new();
        plain.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>A machine with one Java process, 4711, whose file is as captured.</summary>
    public static TemporaryTree Tree(string collector)
    {
        TemporaryTree tree = new();
        tree.Write("proc/stat", "btime 1795326000\n");
        tree.Write("proc/4711/stat", "4711 (java) S 1 4711 4711 0 -1 4194304 5000 0 10 0 30 5 0 0 20 0 20 0 45500 3000000000 9000 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
        Directory.CreateDirectory(tree.PathOf("tmp/hsperfdata_tomcat"));
        File.WriteAllBytes(tree.PathOf("tmp/hsperfdata_tomcat/4711"), Bytes(collector));
        return tree;
    }
}
