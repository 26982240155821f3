using System.IO.Compression;
using System.Text;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class OomPackedLogTests
{
    [Fact]
    public void Packed_and_rotated_logs_are_read_in_their_order()
    {
        using TemporaryTree tree = new();
        string Line(int id) => $"Mar  {id + 1} 05:06:07 h kernel: Out of memory: Killed process {id} (a) total-vm:4000kB, anon-rss:100kB, file-rss:0kB\n";
        using (FileStream file = File.Create(tree.PathOf("kern.log.2.gz")))
        using (GZipStream packed = new(file, CompressionMode.Compress))
        {
            packed.Write(Encoding.UTF8.GetBytes(Line(1)));
        }
        tree.Write("kern.log.10", Line(0));
        tree.Write("kern.log.1", Line(2));
        tree.Write("kern.log", Line(3));
        tree.Write("messages-20260301", Line(4));
        tree.Write("messages", Line(5));
        List<(string, Exception)> failed = [];

        List<OomEvent> events = [.. OomEvents.ReadFiles(Machine.Live, Directory.GetFiles(tree.Root).Order(StringComparer.Ordinal), (path, e) => failed.Add((path, e)))];

        Assert.Empty(failed);
        Assert.Equal([0, 1, 2, 3, 4, 5], events.Select(e => e.VictimId!.Value));
    }

    [Fact]
    public void Damaged_and_unknown_packing_is_an_error_of_that_file_alone()
    {
        using TemporaryTree tree = new();
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes("Mar  1 05:06:07 h kernel: Out of memory: Killed process 1 (a) total-vm:4000kB, anon-rss:100kB, file-rss:0kB\n"));
            gzip.Write(new byte[500_000]);
        }
        byte[] bytes = packed.ToArray();
        bytes.AsSpan(bytes.Length / 2, 1000).Fill(0x55);
        File.WriteAllBytes(tree.PathOf("a.gz"), bytes);
        File.WriteAllBytes(tree.PathOf("b.xz"), [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 0, 0]);
        tree.Write("c", "Mar  2 05:06:07 h kernel: Out of memory: Killed process 2 (a) total-vm:4000kB, anon-rss:100kB, file-rss:0kB\n");
        List<string> failed = [];

        List<OomEvent> events = [.. OomEvents.ReadFiles(Machine.Live, [tree.PathOf("a.gz"), tree.PathOf("b.xz"), tree.PathOf("absent"), tree.Root, "/dev/zero", tree.PathOf("c")],
            (path, e) => failed.Add($"{Path.GetFileName(path)} {e.GetType().Name}"))];

        Assert.Equal([1, 2], events.Select(e => e.VictimId!.Value));
        Assert.Equal(["a.gz KernelFormatException", "b.xz KernelFormatException", "absent KernelException", $"{Path.GetFileName(tree.Root)} KernelException", "zero KernelException"], failed);
    }

    [Fact]
    public void Every_cut_of_a_packed_log_is_told_when_what_stands_before_was_read()
    {
        using TemporaryTree tree = new();
        string Kill(int id) => $"Mar  1 05:06:07 h kernel: Out of memory: Killed process {id} (a) total-vm:4000kB, anon-rss:100kB, file-rss:0kB\n";
        byte[] first = Pack(Kill(1) + "Mar  1 05:06:08 h app: a line\n");
        byte[] whole = [.. first, .. Pack(string.Concat(Enumerable.Range(2, 300).Select(Kill)))];
        List<int> counts = [];
        // Behind the two bytes by which gzip is known, and where one member is whole and the next not begun, is no cut to be seen.
        for (int length = 3; length < whole.Length; length += length > first.Length + 40 && length < whole.Length - 40 ? 97 : 1)
        {
            File.WriteAllBytes(tree.PathOf("a.gz"), whole[..length]);
            List<Exception> failed = [];

            counts.Add(OomEvents.ReadFiles(Machine.Live, [tree.PathOf("a.gz")], (_, e) => failed.Add(e)).Count());

            Assert.True((length == first.Length ? 0 : 1) == failed.Count, $"{length} of {whole.Length} bytes: {failed.Count} errors");
            Assert.All(failed, e => Assert.Equal((tree.PathOf("a.gz"), "that the packing ends early"), (((KernelFormatException)e).File, ((KernelFormatException)e).Found)));
        }
        Assert.Equal(counts.Order(), counts);
        Assert.Equal((0, 301), (counts[0], counts[^1]));
    }

    [Fact]
    public void Packed_logs_may_be_empty_or_followed_by_other_bytes()
    {
        using TemporaryTree tree = new();
        byte[] kill = Pack("Mar  1 05:06:07 h kernel: Out of memory: Killed process 1 (a) total-vm:4000kB, anon-rss:100kB, file-rss:0kB\n");
        File.WriteAllBytes(tree.PathOf("empty.gz"), Pack(""));
        File.WriteAllBytes(tree.PathOf("padded.gz"), [.. kill, .. new byte[10_000]]);
        List<Exception> failed = [];

        OomEvent found = Assert.Single(OomEvents.ReadFiles(Machine.Live, [tree.PathOf("empty.gz"), tree.PathOf("padded.gz")], (_, e) => failed.Add(e)));

        Assert.Empty(failed);
        Assert.Equal(1, found.VictimId);
    }

    private static byte[] Pack(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }
        return packed.ToArray();
    }
}
