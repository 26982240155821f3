using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public sealed class ReadAheadTests : IDisposable
{
    private const int Lines = 200_000;

    private readonly string _root = Directory.CreateTempSubdirectory("linuxmemory-ahead-").FullName;

    public ReadAheadTests() => File.WriteAllLines(Path.Join(_root, "long"), Enumerable.Range(1, Lines).Select(number => $"line {number}"));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_long_file_reads_the_same()
    {
        using KernelDirectory directory = Machine.At(_root).OpenDirectory(".");
        using KernelReader reader = directory.ReadAhead("long");
        int expected = 0;
        while (reader.ReadLine(out KernelLine line))
        {
            Assert.Equal("line", line.TakeText());
            Assert.Equal(++expected, line.TakeInt32());
        }

        Assert.Equal(Lines, expected);
        Assert.Equal(Lines, reader.LineNumber);
    }

    [Fact]
    public void A_reader_may_be_closed_while_the_second_thread_reads()
    {
        using KernelDirectory directory = Machine.At(_root).OpenDirectory(".");
        for (int round = 0; round < 50; round++)
        {
            using KernelReader reader = directory.ReadAhead("long");
            for (int i = 0; i < 60_000 + (round * 1000); i++)
            {
                Assert.True(reader.ReadLine(out _));
            }
        }
    }
}
