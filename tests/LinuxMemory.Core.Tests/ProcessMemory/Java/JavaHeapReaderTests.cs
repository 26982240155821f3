using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class JavaHeapReaderTests
{
    [Fact]
    public void A_captured_machine_has_its_Java_processes_too()
    {
        using TemporaryTree tree = PerfDataCapture.Tree("Parallel");
        using JavaHeapReader reader = new(Machine.At(tree.Root));

        JavaHeap heap = reader.Read(4711)!;

        Assert.Equal((4711, "Heap", "Parallel"), (heap.Id, heap.MainClass, heap.Collector));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795326455), heap.StartTime);
    }

    [Fact]
    public void What_has_no_file_is_no_Java_process()
    {
        using TemporaryTree tree = PerfDataCapture.Tree("G1");
        tree.Write("proc/5/stat", File.ReadAllText(tree.PathOf("proc/4711/stat")).Replace("4711 (java)", "5 (bash)", StringComparison.Ordinal));
        using JavaHeapReader reader = new(Machine.At(tree.Root));

        Assert.Null(reader.Read(5));
    }

    [Fact]
    public void A_machine_without_tmp_has_none()
    {
        using TemporaryTree tree = PerfDataCapture.Tree("G1");
        Directory.Delete(tree.PathOf("tmp"), recursive: true);
        using JavaHeapReader reader = new(Machine.At(tree.Root));

        Assert.Null(reader.Read(4711));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("pipe")]
    [InlineData("directory")]
    [InlineData("linked directory")]
    [InlineData("too large")]
    public void What_is_no_plain_file_of_a_sane_size_is_not_opened(string what)
    {
        using TemporaryTree tree = PerfDataCapture.Tree("Serial");
        string file = tree.PathOf("tmp/hsperfdata_tomcat/4711");
        string away = tree.PathOf("away");
        File.Move(file, away);
        switch (what)
        {
            case "link":
                File.CreateSymbolicLink(file, away);
                break;
            case "pipe":
                Assert.NotNull(Child.Run(Child.Tool("mkfifo"), file));
                break;
            case "directory":
                Directory.CreateDirectory(file);
                break;
            case "linked directory":
                Directory.Delete(Path.GetDirectoryName(file)!);
                Directory.CreateDirectory(tree.PathOf("elsewhere"));
                File.Move(away, tree.PathOf("elsewhere/4711"));
                File.CreateSymbolicLink(Path.GetDirectoryName(file)!, tree.PathOf("elsewhere"));
                break;
            default:
                using (FileStream large = File.Create(file))
                {
                    large.SetLength((32 << 20) + 1);
                }
                break;
        }
        using JavaHeapReader reader = new(Machine.At(tree.Root));

        Assert.Null(reader.Read(4711));
    }

    [Fact]
    public void An_ended_process_is_an_error_of_its_own()
    {
        using TemporaryTree tree = PerfDataCapture.Tree("Serial");
        using JavaHeapReader reader = new(Machine.At(tree.Root));

        Assert.True(Assert.Throws<KernelException>(() => reader.Read(4712)).IsAbsent);
    }
}
