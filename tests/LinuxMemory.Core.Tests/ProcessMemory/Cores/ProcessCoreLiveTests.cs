using System.Globalization;
using System.Text.RegularExpressions;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Cores of programs made here, opened by gdb. Nothing on the machine is changed.</summary>
[Collection(nameof(StartsProcesses))]
public sealed partial class ProcessCoreLiveTests : IDisposable
{
    private const string Threads = """
        #include <pthread.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        int marker = 4711;
        char *shared, *private, *secret;
        static volatile long turns;
        static void deepest(int level) { if (level > 0) deepest(level - 1); else pause(); }
        static void *sleeper(void *unused) { deepest(5); return unused; }
        static int work(int level) { return level > 0 ? work(level - 1) + 1 : (int)turns++; }
        static void *runner(void *unused) { for (;;) work(7); return unused; }
        int main(void)
        {
            pthread_t thread;
            shared = mmap(0, 64 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
            strcpy(shared + (32 << 20), "in shared memory");
            private = mmap(0, 1UL << 40, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            strcpy(private + (300UL << 20), "far inside");
            memset(private + (302UL << 20), 0, 32 << 20);
            memset(private + (335UL << 20), 7, 1 << 20);
            strcpy(private + (1UL << 40) - 4096, "at the end");
            secret = mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            memset(secret, 9, 1 << 20);
            madvise(secret, 1 << 20, MADV_DONTDUMP);
            marker = 815;
            pthread_create(&thread, 0, sleeper, 0);
            pthread_create(&thread, 0, runner, 0);
            usleep(50000);
            puts("ready");
            fflush(stdout);
            deepest(2);
        }
        """;

    private readonly string _gdb = Child.Tool("gdb");
    private readonly NativeChild _child = NativeChild.Start(Threads, "-pthread");

    public ProcessCoreLiveTests() => _child.WaitUntilAsleep();

    public void Dispose() => _child.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_native_program_has_the_right_calls_and_variables(bool freeze)
    {
        ProcessCore core = Write(freeze: freeze);

        string output = Gdb(core, "thread apply all bt", "print marker", "x/s shared + (32 << 20)", "print $ymm0",
            "x/s private + (300UL << 20)", "x/2xb private + (335UL << 20) - 1", "x/xb private + (336UL << 20) - 1", "x/s private + (1UL << 40) - 4096");

        Assert.Equal((3, 0, freeze), (core.Threads, core.ThreadsWithoutRegisters, core.IsFrozen));
        // gdb finds the registers of AVX, however the processor keeps them.
        Assert.DoesNotContain("<unavailable>", output, StringComparison.Ordinal);
        Assert.Equal(6 + 3, Regex.Count(output, @"deepest \(level="));
        Assert.Matches(@"main \(\) at", output);
        Assert.Matches(@"sleeper \(", output);
        // The thread that runs is caught somewhere in its work, and its calls lead to its beginning.
        Assert.Matches(@"runner \(", output);
        Assert.Contains("= 815", output, StringComparison.Ordinal);
        Assert.Contains("in shared memory", output, StringComparison.Ordinal);
        Assert.Contains("far inside", output, StringComparison.Ordinal);
        Assert.Matches(@":\s+0x00\s+0x07\n.*:\s+0x07\n", output);
        Assert.Contains("at the end", output, StringComparison.Ordinal);
        AssertRunsOn();
    }

    [Fact]
    public void The_file_is_sparse_and_its_owners_alone()
    {
        ProcessCore core = Write();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(core.Path));
        Assert.Equal(core.Size, new FileInfo(core.Path).Length);
        // 64 MiB of shared memory hold one page, and a terabyte a MiB, two pages and 32 MiB of zeros.
        Assert.InRange(core.Written, 1 << 20, 8 << 20);
        Assert.InRange(core.Size, 64 << 20, 1 << 30);
        string? blocks = Child.Run(Child.Tool("stat"), "-c", "%b", core.Path);
        Assert.InRange(long.Parse(blocks!, CultureInfo.InvariantCulture) * 512, 4096, 16 << 20);
    }

    [Fact]
    public void Kinds_choose_what_has_content()
    {
        ProcessCore core = Write([ProcessMemoryKind.Stack, ProcessMemoryKind.ThreadStack]);

        string output = Gdb(core, "thread apply all bt", "info sharedlibrary", "x/s shared + (32 << 20)");

        // Calls lead through the C library, which is found by the loader's lists.
        Assert.Equal(6 + 3, Regex.Count(output, @"deepest \(level="));
        Assert.Matches(@"main \(\) at", output);
        Assert.Matches(@"runner \(", output);
        Assert.Contains("libc.so", output, StringComparison.Ordinal);
        Assert.DoesNotContain("in shared memory", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_program_keeps_out_of_cores_is_not_in_it()
    {
        ProcessCore core = Write();

        // gdb takes a stretch without content for zeros.
        Assert.Equal(2, Regex.Count(Gdb(core, "x/xb secret", "x/xb secret + (1 << 20) - 1"), @"0x[0-9a-f]+:\s+0x00\n"));
        Assert.Equal(-1, File.ReadAllBytes(core.Path).AsSpan().IndexOf([.. Enumerable.Repeat((byte)9, 4096)]));
    }

    [Fact]
    public void A_file_that_is_there_is_not_touched()
    {
        string path = Path.Join(_child.Folder, "core");
        File.WriteAllText(path, "mine");

        KernelException e = Assert.Throws<KernelException>(() => Write());

        Assert.Equal(Errno.EEXIST, e.Errno);
        Assert.Equal("mine", File.ReadAllText(path));
        AssertRunsOn();
    }

    [Fact]
    public void It_has_no_name_until_it_is_finished()
    {
        string path = Path.Join(_child.Folder, "core");
        List<bool> isThere = [];
        Machine machine = WatchedMachine.Over(_child.Folder, _ => isThere.Add(File.Exists(path)));

        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);
        ProcessCore core = ProcessCore.Write(machine, directory, path, null, freeze: false, CancellationToken.None);

        Assert.True(isThere.Count > 10);
        Assert.Equal([isThere.Count - 1], isThere.Select((there, i) => (there, i)).Where(step => step.there).Select(step => step.i));
        Assert.Equal(core.Size, new FileInfo(path).Length);
    }

    [Fact]
    public void What_got_its_name_meanwhile_stays()
    {
        string path = Path.Join(_child.Folder, "core");
        Machine machine = WatchedMachine.Over(_child.Folder, step =>
        {
            if (step == "linkat")
            {
                File.WriteAllText(path, "mine");
            }
        });

        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);
        KernelException e = Assert.Throws<KernelException>(() => ProcessCore.Write(machine, directory, path, null, freeze: false, CancellationToken.None));

        Assert.Equal((Errno.EEXIST, path), (e.Errno, e.Target));
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void What_was_begun_and_stopped_is_removed()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => Write(freeze: true, isStopped: true));

        Assert.False(File.Exists(Path.Join(_child.Folder, "core")));
        AssertRunsOn();
    }

    [Fact]
    public void A_thread_is_refused_with_the_process_that_it_belongs_to()
    {
        int thread = Directory.GetDirectories($"/proc/{_child.Id}/task").Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)).First(id => id != _child.Id);

        KernelException e = Assert.Throws<KernelException>(() => Write(id: thread));

        Assert.Contains($"a thread of process {_child.Id}", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Join(_child.Folder, "core")));
    }

    [Fact]
    public void A_process_that_somebody_traces_is_busy()
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);
        using ThreadHold hold = ThreadHold.Take(Machine.Live, directory, _child.Id);

        Assert.Equal(Errno.EBUSY, Assert.Throws<KernelException>(() => Write()).Errno);
        Assert.False(File.Exists(Path.Join(_child.Folder, "core")));
    }

    [Fact]
    public void A_Java_program_has_the_same_calls_as_gdb_sees_in_the_running_one()
    {
        string java = Child.Tool("java");
        string source = Path.Join(_child.Folder, "Sleep.java");
        File.WriteAllText(source, "public class Sleep { public static void main(String[] a) throws Exception { System.out.println(\"ready\"); Thread.sleep(600000); } }");
        Assert.SkipWhen(Child.Run(java, "--list-modules")?.Contains("jdk.compiler", StringComparison.Ordinal) != true, "no Java compiler is installed");
        using Child child = Child.Start(java, "-Xmx64m", source);
        child.WaitUntilAsleep();
        SameCallsAsLive(child.Id);
    }

    [Fact]
    public void A_dotnet_program_has_the_same_calls_as_gdb_sees_in_the_running_one()
    {
        using Child child = Child.Start(Child.Tool("dotnet"), Checkout.Path("tests", "EditLoop", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "LinuxMemory.EditLoop.dll"));
        child.WaitUntilAsleep();
        SameCallsAsLive(child.Id);
    }

    private void SameCallsAsLive(int id)
    {
        ProcessCore core = Write(id: id);
        string program = File.ResolveLinkTarget($"/proc/{id}/exe", returnFinalTarget: true)!.FullName;

        string[] dead = Frames(Run("-batch", "-ex", "bt", program, core.Path));
        string[] live = Frames(Run("-batch", "-p", $"{id}", "-ex", "bt"));

        Assert.True(dead.Length > 3, string.Join('\n', dead));
        Assert.Equal(live, dead);
    }

    // Arguments and lines within a function can differ from one wait to the next; a library's functions without symbols are all ??.
    private static string[] Frames(string output) => [.. Frame().Matches(output).Select(match => $"{match.Groups["number"]} {match.Groups["function"]}").Distinct()];

    private ProcessCore Write(IReadOnlyCollection<ProcessMemoryKind>? kinds = null, bool freeze = false, int? id = null, bool isStopped = false)
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, id ?? _child.Id);
        return ProcessCore.Write(Machine.Live, directory, Path.Join(_child.Folder, "core"), kinds, freeze, new CancellationToken(isStopped));
    }

    private string Gdb(ProcessCore core, params string[] commands) =>
        Run([.. commands.SelectMany(command => new[] { "-ex", command }).Prepend("-batch"), _child.Path, core.Path]);

    private string Run(params string[] arguments)
    {
        string? output = Child.Run(_gdb, ["-nx", .. arguments]);
        Assert.NotNull(output);
        return output;
    }

    private void AssertRunsOn()
    {
        string status = File.ReadAllText($"/proc/{_child.Id}/status");
        Assert.Contains("TracerPid:\t0", status, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"State:\s+[tTZ]", status);
    }

    [GeneratedRegex(@"^#(?<number>\d+) +(0x[0-9a-f]+ in )?(?<function>\S+) \(", RegexOptions.Multiline)]
    private static partial Regex Frame();
}
