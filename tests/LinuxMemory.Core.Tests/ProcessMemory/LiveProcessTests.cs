using System.Diagnostics;
using System.Runtime.InteropServices;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Processes of the machine that runs the tests: its own children, which it ends again.</summary>
[Collection(nameof(StartsProcesses))]
public sealed partial class LiveProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-live-").FullName;
    private readonly List<Process> _children = [];

    [Theory]
    [InlineData("with space", "with space")]
    [InlineData("a) S 1 (b", "a) S 1 (b")]
    [InlineData("two\\nlines", "two\nlines")]
    [InlineData("not\\377utf8", "not\uFFFDutf8")]
    [InlineData("back\\\\slash", "back\\slash")]
    [InlineData("fifteen-bytes-and-more) (x", "fifteen-bytes-and-more) (x")]
    public void A_child_with_a_hostile_name_is_read(string printf, string name)
    {
        Process child = Start($"f=\"{_folder}/$(printf '{printf}')\"; cp \"$(command -v sleep)\" \"$f\"; exec \"$f\" 600");
        ProcessMemory memory = Wait(child.Id, process => process.Name != "sh" && process.Name == name);

        Assert.EndsWith($"{name} 600", memory.CommandLine, StringComparison.Ordinal);
        Assert.Equal(Environment.ProcessId, memory.ParentId);
        Assert.InRange(memory.Pss!.Value, memory.Uss!.Value, memory.VirtualSize!.Value);
        Assert.InRange((DateTimeOffset.Now - memory.StartTime!.Value).TotalSeconds, -2, 60);
    }

    [Fact]
    public void A_zombie_has_no_memory_and_is_no_error()
    {
        Process parent = Start("sleep 0 & exec sleep 600");
        SpinWait.SpinUntil(() => ProcessList.Ids(Machine.Live).Select(TryRead).Any(p => p?.ParentId == parent.Id && p.Threads > 0 && p.PeakRss is null), 5000);
        ProcessMemory zombie = Assert.Single(ProcessList.Ids(Machine.Live).Select(TryRead), p => p?.ParentId == parent.Id)!;

        Assert.Equal(("sleep", 0, 0, ProcessMemoryAccess.Full), (zombie.Name, zombie.VirtualSize, zombie.Rss, zombie.Access));
        Assert.Equal((null, null, null, null), (zombie.Pss, zombie.Uss, zombie.Swap, zombie.CommandLine));
    }

    [Fact]
    public void A_process_of_another_user_has_nulls_and_says_so()
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64, "setresuid's number is not known here");
        int id = 1;
        if (Environment.UserName == "root")
        {
            id = Start("exec sleep 600").Id;
            Wait(id, process => process.Name == "sleep");
        }
        ProcessMemory? memory = null;
        ProcessMemory? fast = null;
        Thread thread = new(() =>
        {
            // The bare call, unlike the C library's, changes this thread alone, and the thread ends.
            const int nobody = 65534;
            _ = syscall(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 117 : 147, nobody, nobody, nobody);
            memory = new ProcessMemoryReader(Machine.Live).Read(id, false);
            fast = new ProcessMemoryReader(Machine.Live) { Fast = true }.Read(id, false);
        });
        thread.Start();
        thread.Join();

        Assert.SkipWhen(memory!.Access == ProcessMemoryAccess.Denied, "/proc is mounted with hidepid");
        Assert.Equal((ProcessMemoryAccess.NoPss, ProcessMemoryAccess.NoPss), (memory.Access, fast!.Access));
        Assert.Equal((null, null, null), (memory.Pss, memory.Uss, memory.SwapPss));
        Assert.True(memory.Rss > 0);
    }

    [Fact]
    public void A_process_of_another_user_can_be_held_and_is_not_taken_for_another()
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64, "setresuid's number is not known here");
        Process other = Start("exec sleep 600");
        Exception? first = null;
        KernelException? second = null;
        Thread thread = new(() =>
        {
            const int nobody = 65534;
            _ = syscall(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 117 : 147, nobody, nobody, nobody);
            first = Record.Exception(() =>
            {
                using HeldProcess held = HeldProcess.Open(Machine.Live, other.Id);
                held.Do(() => true);
            });
            second = Record.Exception(() => HeldProcess.Open(Machine.Live, other.Id, startTicks: 1)) as KernelException;
        });
        thread.Start();
        thread.Join();

        Assert.Null(first);
        Assert.Equal(Errno.ESRCH, second?.Errno);
    }

    [Fact]
    public async Task All_processes_are_read_in_order_while_some_come_and_go()
    {
        ProcessMemoryReader reader = new(Machine.Live);
        using CancellationTokenSource stop = new();
        Task churn = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                using Process brief = Process.Start("true");
                brief.WaitForExit();
            }
        }, TestContext.Current.CancellationToken);
        for (int i = 0; i < 20; i++)
        {
            List<int> ids = [];
            foreach (ProcessMemoryReading reading in reader.ReadMany([.. ProcessList.Ids(Machine.Live).Select(id => (id, true))], TestContext.Current.CancellationToken))
            {
                try
                {
                    ids.Add(reading.Get()!.Id);
                }
                catch (KernelException e) when (e.IsAbsent)
                {
                }
            }
            Assert.Equal(ids.Order(), ids);
            Assert.Contains(Environment.ProcessId, ids);
        }
        await stop.CancelAsync();
        await churn;
    }

    [Fact]
    public void Pss_agrees_with_smem_to_within_what_changes_meanwhile()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/smem"), "smem is not installed");
        Process child = Start("exec sleep 600");
        Wait(child.Id, process => process.Name == "sleep");
        using Process smem = Process.Start(new ProcessStartInfo("smem", "-H -c \"pid uss pss rss\"") { RedirectStandardOutput = true })!;
        string line = smem.StandardOutput.ReadToEnd().Split('\n').First(text => text.TrimStart().StartsWith($"{child.Id} ", StringComparison.Ordinal));
        long[] smemSays = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(long.Parse)];
        ProcessMemory memory = Wait(child.Id, _ => true);

        // Others that share the C library come and go; smem adds up numbers that were cut to kB.
        Assert.InRange(memory.Uss!.Value / 1024 - smemSays[0], -256, 256);
        Assert.InRange(memory.Pss!.Value / 1024 - smemSays[1], -256, 256);
    }

    public void Dispose()
    {
        foreach (Process child in _children)
        {
            child.Kill();
            child.WaitForExit();
            child.Dispose();
        }
        // .NET cannot name the file whose name is not UTF-8.
        using Process remove = Process.Start("rm", ["-rf", _folder]);
        remove.WaitForExit();
    }

    private Process Start(string script)
    {
        Process child = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = _folder })!;
        _children.Add(child);
        return child;
    }

    // A script takes a moment until it has become the program.
    private static ProcessMemory Wait(int id, Predicate<ProcessMemory> isReady)
    {
        for (int tries = 0; ; tries++)
        {
            ProcessMemory memory = new ProcessMemoryReader(Machine.Live).Read(id, false)!;
            if (isReady(memory))
            {
                return memory;
            }
            Assert.True(tries < 500, $"the name stays {memory.Name}");
            Thread.Sleep(10);
        }
    }

    private static ProcessMemory? TryRead(int id)
    {
        try
        {
            return new ProcessMemoryReader(Machine.Live).Read(id, false);
        }
        catch (KernelException)
        {
            return null;
        }
    }

    [LibraryImport("libc")]
    private static partial nint syscall(nint number, nint real, nint effective, nint saved);
}
