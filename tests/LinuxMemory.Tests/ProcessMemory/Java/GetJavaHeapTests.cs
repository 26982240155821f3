using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class GetJavaHeapTests
{
    [Fact]
    public void Lists_the_Java_processes_among_all()
    {
        using TemporaryTree tree = PerfDataCapture.Tree("G1");
        tree.Write("proc/5/stat", File.ReadAllText(tree.PathOf("proc/4711/stat")).Replace("4711 (java)", "5 (bash)", StringComparison.Ordinal));

        RecordingShell shell = CmdletRun.Run(new GetJavaHeapCommand { Root = tree.Root });

        Assert.Empty(shell.Errors);
        Assert.Equal((4711, "G1"), (Assert.IsType<JavaHeap>(Assert.Single(shell.Output)).Id, ((JavaHeap)shell.Output[0]).Collector!));
    }

    [Fact]
    public void The_view_has_a_line_for_each_process()
    {
        using TemporaryTree tree = PerfDataCapture.Tree("Parallel");

        ConsoleRun run = ConsoleRun.Of(host => host with { Width = 80 }, ["Get-JavaHeap", "-Root", tree.Root]);

        Assert.Empty(run.Errors);
        Assert.Equal("   4711 Heap                 Parallel    3.2 MiB   7.4   3.2 MiB     1    0.019",
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].TrimEnd());
    }

    [Fact]
    public void A_process_that_is_no_JVM_is_an_error_only_when_it_is_named()
    {
        RecordingShell shell = CmdletRun.Run(new GetJavaHeapCommand { Id = [Environment.ProcessId] });

        Assert.Empty(shell.Output);
        Assert.Equal((ErrorIds.JavaHeapUnavailable, (object)Environment.ProcessId), (Assert.Single(shell.Errors).Id, shell.Errors[0].Target!));
    }

    [Fact]
    public void A_process_that_is_not_there_is_one_error_however_many_samples() =>
        Assert.Equal(ErrorIds.ProcessNotFound, Assert.Single(CmdletRun.Run(new GetJavaHeapCommand { Id = [int.MaxValue], MaxSamples = 3, SampleInterval = 0.01 }).Errors).Id);

    [Fact]
    public void A_crafted_file_is_an_error_about_the_process()
    {
        using TemporaryTree tree = PerfDataCapture.Tree("Serial");
        string file = tree.PathOf("tmp/hsperfdata_tomcat/4711");
        byte[] bytes = File.ReadAllBytes(file);
        bytes[24] = bytes[25] = bytes[26] = bytes[27] = 0x7F;
        File.WriteAllBytes(file, bytes);

        RecordingShell shell = CmdletRun.Run(new GetJavaHeapCommand { Root = tree.Root });

        Assert.Equal((ErrorIds.KernelFileMalformed, (object)4711), (Assert.Single(shell.Errors).Id, shell.Errors[0].Target!));
    }

    [Fact]
    public void Samples_come_one_after_the_other()
    {
        using TemporaryTree tree = PerfDataCapture.Tree("Serial");

        Assert.Equal(3, CmdletRun.Run(new GetJavaHeapCommand { Root = tree.Root, Id = [4711], MaxSamples = 3, SampleInterval = 0.01 }).Output.Count);
    }
}
