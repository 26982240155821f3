using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class ProcessMemoryReaderTests
{
    private const string Numa = "6.12.117+deb12-amd64-numa2";

    public static TheoryData<string> Machines => [.. Fixture.Names];

    [Fact]
    public void A_captured_process_is_read_with_all_its_facts()
    {
        ProcessMemory init = Read(Numa, 1);

        Assert.Equal((1, "init", "/bin/busybox sh /init", 0, 0, 1), (init.Id, init.Name, init.CommandLine, init.UserId, init.ParentId, init.Threads));
        Assert.Equal((2260 << 10, 1816 << 10, 84 << 10, 4 << 10, 1728 << 10), (init.VirtualSize, init.Rss, init.RssAnon, init.RssFile, init.RssShmem));
        Assert.Equal((1193 << 10, 576 << 10, 0, 0, 1732 << 10), (init.Pss, init.Uss, init.Swap, init.SwapPss, init.Shared));
        Assert.Equal((2260 << 10, 1816 << 10, 40 << 10, 0, 0), (init.PeakVirtualSize, init.PeakRss, init.PageTables, init.Locked, init.HugetlbPages));
        Assert.Equal((176 << 10, 132 << 10, 1552 << 10, 8 << 10), (init.Data, init.Stack, init.Text, init.Library));
        Assert.Equal((768, 0, 0, "/", false, ProcessMemoryAccess.Full), (init.MinorFaults, init.MajorFaults, init.OomScoreAdj, init.Cgroup, init.IsKernelThread, init.Access));
        // No etc/passwd was captured.
        Assert.Null(init.UserName);
        Assert.Equal(BootTime.Read(Fixture.Machine(Numa))!.Value.AddMilliseconds(820), init.StartTime);
    }

    [Theory, MemberData(nameof(Machines))]
    public void Every_captured_process_is_read_and_its_parts_add_up(string name)
    {
        foreach (int id in ProcessList.Ids(Fixture.Machine(name)))
        {
            ProcessMemory process = Read(name, id);

            Assert.Equal(id == 2, process.IsKernelThread);
            Assert.Equal(process.RssAnon + process.RssFile + process.RssShmem, id == 2 ? null : process.Rss);
            Assert.True(id == 2 || process.Uss <= process.Pss);
        }
    }

    [Fact]
    public void A_kernel_thread_has_the_kernels_zeros_and_nulls_for_what_it_lacks()
    {
        ProcessMemory thread = Read(Numa, 2);

        Assert.Equal(("kthreadd", 0, 0, ProcessMemoryAccess.Full), (thread.Name, thread.VirtualSize, thread.Rss, thread.Access));
        Assert.Equal((null, null, null, null, null, null), (thread.Pss, thread.Uss, thread.Swap, thread.PageTables, thread.Shared, thread.CommandLine));
        Assert.Null(new ProcessMemoryReader(Fixture.Machine(Numa)).Read(2, withKernelThreads: false));
    }

    [Fact]
    public void Fast_leaves_out_what_walks_page_tables_and_nothing_else()
    {
        ProcessMemory init = new ProcessMemoryReader(Fixture.Machine(Numa)) { Fast = true }.Read(1, false)!;

        Assert.Equal((null, null, null), (init.Pss, init.Uss, init.SwapPss));
        Assert.Equal((1816 << 10, 0, ProcessMemoryAccess.Full), (init.Rss, init.Swap, init.Access));
    }

    [Fact]
    public void Where_the_kernel_lacks_the_rollup_smaps_is_added_up_and_other_missing_files_are_null() => Changed(root =>
    {
        ProcessMemory whole = Read(Numa, 1);
        foreach (string file in (string[])["smaps_rollup", "oom_score", "cgroup"])
        {
            File.Delete(Path.Join(root, "proc/1", file));
        }
        Directory.CreateDirectory(Path.Join(root, "etc"));
        File.WriteAllText(Path.Join(root, "etc/passwd"), "admin:x:0:0::/:/bin/sh\n");

        ProcessMemory init = new ProcessMemoryReader(Machine.At(root)).Read(1, false)!;

        Assert.Equal((whole.Uss, whole.SwapPss, "admin"), (init.Uss, init.SwapPss, init.UserName));
        Assert.InRange(whole.Pss!.Value - init.Pss!.Value, 0, 20 * 1024);
        Assert.Equal((null, null, 0), (init.OomScore, init.Cgroup, init.OomScoreAdj));

        File.Delete(Path.Join(root, "proc/1/smaps"));
        init = new ProcessMemoryReader(Machine.At(root)).Read(1, false)!;
        Assert.Equal((null, null, ProcessMemoryAccess.Full), (init.Pss, init.Uss, init.Access));
    });

    [Fact]
    public void A_process_that_is_gone_or_goes_while_it_is_read_is_an_absent_one() => Changed(root =>
    {
        ProcessMemoryReader reader = new(Machine.At(root));
        File.Delete(Path.Join(root, "proc/1/status"));

        Assert.True(Assert.Throws<KernelException>(() => reader.Read(1, false)).IsAbsent);
        Assert.True(Assert.Throws<KernelException>(() => reader.Read(77, false)).IsAbsent);
    });

    [Fact]
    public void Of_many_one_garbled_process_fails_and_the_others_come_in_order() => Changed(root =>
    {
        File.WriteAllText(Path.Join(root, "proc/210/stat"), "");
        ProcessMemoryReader reader = new(Machine.At(root));

        ProcessMemoryReading[] readings = [.. reader.ReadMany([(231, false), (210, false), (2, false), (1, false), (2, true), (99, false)], default)];

        Assert.Equal(231, readings[0].Get()!.Id);
        Assert.Throws<KernelFormatException>(() => readings[1].Get());
        Assert.Null(readings[2].Get());
        Assert.Equal(1, readings[3].Get()!.Id);
        Assert.Equal(2, readings[4].Get()!.Id);
        Assert.Throws<KernelException>(() => readings[5].Get());
    });

    [Fact]
    public void Reading_many_stops_when_told()
    {
        using CancellationTokenSource stopping = new();
        ProcessMemoryReader reader = new(Fixture.Machine(Numa));

        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (ProcessMemoryReading _ in reader.ReadMany([.. Enumerable.Repeat((1, false), 100_000)], stopping.Token))
            {
                stopping.Cancel();
            }
        });
    }

    private static ProcessMemory Read(string machine, int id) => new ProcessMemoryReader(Fixture.Machine(machine)).Read(id, withKernelThreads: true)!;

    private static void Changed(Action<string> test)
    {
        string root = Fixture.Copy(Numa);
        try
        {
            test(root);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
