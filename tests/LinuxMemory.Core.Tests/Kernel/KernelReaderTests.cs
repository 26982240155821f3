using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public sealed class KernelReaderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("linuxmemory-reader-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(32 * 1024 - 1)]
    [InlineData(32 * 1024)]
    [InlineData(32 * 1024 + 1)]
    [InlineData(300_000)]
    public void Lines_come_whole_over_the_edges_of_the_buffer(int length)
    {
        string[] lines = [new('a', length), "", new('b', length), "end"];
        Assert.Equal(lines, Lines(string.Join('\n', lines) + "\n"));
        Assert.Equal(lines, Lines(string.Join('\n', lines)));
    }

    [Fact]
    public void An_empty_file_has_no_line_and_a_lone_newline_has_one()
    {
        Assert.Empty(Lines(""));
        Assert.Equal([""], Lines("\n"));
    }

    [Fact]
    public void A_required_line_that_is_missing_is_named_with_its_number()
    {
        using KernelReader reader = Reader("one\n");
        reader.ReadLine(out _);

        KernelFormatException error = Assert.Throws<KernelFormatException>(() => { reader.RequireLine("a second line"); });

        Assert.Equal($"{_root}/file:2: expected a second line, found the end of the file", error.Message);
    }

    [Fact]
    public void A_line_of_more_than_a_mebibyte_is_refused()
    {
        Assert.Equal([new string('x', 1024 * 1024 - 1)], Lines(new string('x', 1024 * 1024 - 1) + "\n"));
        Assert.Throws<KernelFormatException>(() => Lines(new string('x', 3 * 1024 * 1024)));
    }

    [Fact]
    public void A_large_text_is_read_to_its_end()
    {
        using KernelReader reader = Reader(new string('y', 5_000_000) + "\n");

        Assert.Equal(5_000_000, reader.ReadText().Length);
    }

    [Fact]
    public void Reading_lines_and_fields_allocates_nothing()
    {
        using KernelReader reader = Reader(string.Concat(Enumerable.Repeat("key: 12345 kB 7f-8a text\n", 20_000)));
        Count(reader, 1000);

        // A collection that other tests cause in the middle counts the rest of this thread's allocation area, so the best of some runs counts.
        long least = long.MaxValue;
        for (int run = 0; run < 5; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            int read = Count(reader, 3000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before + (3000 - read));
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void Ten_thousand_files_leave_no_descriptor_open()
    {
        File.WriteAllText(Path.Join(_root, "file"), "text\n");
        Machine machine = Machine.At(_root);
        int before = Directory.GetFileSystemEntries("/proc/self/fd").Length;

        for (int i = 0; i < 10_000; i++)
        {
            machine.ReadText("file");
            Assert.Null(machine.TryReadText("missing"));
        }

        // Other tests of this process open and close files meanwhile.
        Assert.InRange(Directory.GetFileSystemEntries("/proc/self/fd").Length, 0, before + 100);
    }

    private static int Count(KernelReader reader, int most)
    {
        int count = 0;
        while (count < most && reader.ReadLine(out KernelLine line))
        {
            line.TakeUntil((byte)':');
            line.TakeSize();
            line.TakeHex((byte)'-');
            line.TakeHex();
            line.TakeField();
            count++;
        }
        return count;
    }

    private List<string> Lines(string text)
    {
        using KernelReader reader = Reader(text);
        List<string> lines = [];
        while (reader.ReadLine(out KernelLine line))
        {
            lines.Add(Encoding.UTF8.GetString(line.Text));
            Assert.Equal(lines.Count, line.Number);
        }
        return lines;
    }

    private KernelReader Reader(string text)
    {
        File.WriteAllText(Path.Join(_root, "file"), text);
        return Machine.At(_root).Read("file");
    }
}
