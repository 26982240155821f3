using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public sealed class SetCgroupMemoryLimitTests : IDisposable
{
    private const string Service = "sys/fs/cgroup/system.slice/ssh.service";
    private const string Legacy = "sys/fs/cgroup/memory/a";
    private const string NoLimit1 = "9223372036854771712\n";

    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Each_limit_goes_to_its_file_cut_to_whole_pages()
    {
        Version2();

        using RecordingShell shell = Set(new() { Min = 4096, Low = 10000, High = 300 << 20, Max = 400 << 20, SwapMax = CgroupValueFile.Unlimited });

        Assert.Empty(shell.Errors);
        Assert.Empty(shell.Warnings);
        Assert.Equal(("4096", "8192", "314572800", "419430400", "max"), (Value("memory.min"), Value("memory.low"), Value("memory.high"), Value("memory.max"), Value("memory.swap.max")));
        Assert.Contains(shell.Questions, question => question.EndsWith("Change memory.max of /system.slice/ssh.service from max to 419430400", StringComparison.Ordinal));
        Assert.Equal(4, shell.Questions.Count);
    }

    [Fact]
    public void Undo_puts_no_limit_back()
    {
        Version2();
        Set(new() { Max = 400 << 20 }).Dispose();

        Assert.Empty(Run(new UndoMemoryChangeCommand { Last = 1 }).Errors);

        Assert.Equal("max", Value("memory.max"));
    }

    [Fact]
    public void Below_use_it_warns_who_would_be_killed_asks_and_puts_memory_high_back()
    {
        Version2(current: 100 << 20);
        _tree.Write("proc/9/stat", "9 (eater) S 1 0 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 100 8192 500 0 1 1 16 0 0\n");
        _tree.Write("proc/9/status", "Name:\teater\nUid:\t0\t0\t0\t0\nVmRSS:\t2000 kB\nThreads:\t1\n");
        _tree.Write("proc/9/oom_score", "700\n");
        _tree.Write("proc/9/oom_score_adj", "0\n");
        _tree.Write("proc/9/cgroup", "0::/system.slice/ssh.service\n");

        using RecordingShell shell = Set(new() { Max = 64 << 20 });

        Assert.Contains("100 MiB", Assert.Single(shell.Warnings), StringComparison.Ordinal);
        Assert.Contains("eater (9)", shell.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(("67108864", "max"), (Value("memory.max"), Value("memory.high")));
    }

    [Fact]
    public void Without_agreement_nothing_is_written()
    {
        Version2(current: 100 << 20);
        using RecordingShell shell = new() { Agrees = false };

        Set(new() { Max = 64 << 20, High = 4096 }, shell);

        Assert.Equal(2, shell.Questions.Count);
        Assert.Equal(("max", "max"), (Value("memory.max"), Value("memory.high")));
        Assert.False(Directory.Exists(_tree.PathOf("var")));
    }

    [Theory]
    // Old limit, old sum, what is asked, and the writes in the order in which version 1 takes them.
    [InlineData("104857600", NoLimit1, 52428800L, null, "memory.limit_in_bytes 52428800")]
    [InlineData(NoLimit1, NoLimit1, 52428800L, 0, "memory.limit_in_bytes 52428800, memory.memsw.limit_in_bytes 52428800")]
    [InlineData("52428800", "62914560", 104857600L, null, "memory.memsw.limit_in_bytes 115343360, memory.limit_in_bytes 104857600")]
    [InlineData("52428800", "62914560", 104857600L, 1048576, "memory.memsw.limit_in_bytes 105906176, memory.limit_in_bytes 104857600")]
    [InlineData("104857600", "104857600", 52428800L, null, "memory.limit_in_bytes 52428800")]
    [InlineData("52428800", "62914560", long.MaxValue, null, "memory.memsw.limit_in_bytes max, memory.limit_in_bytes max")]
    [InlineData("52428800", "62914560", null, 0, "memory.memsw.limit_in_bytes 52428800")]
    public void Version_1_never_has_its_sum_below_its_limit(string limit, string both, long? max, int? swap, string expected)
    {
        Version1(limit, both);

        using RecordingShell shell = new() { Agrees = false };

        Set(new() { Path = ["a"], Max = max, SwapMax = swap }, shell);

        Assert.Empty(shell.Errors);
        Assert.Equal(expected, string.Join(", ", shell.Questions.Select(question =>
            question.Split(" | ")[1].Split(' ') is [_, string file, _, _, _, _, _, string value] ? $"{file} {value}" : question)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Version_1_has_no_min_and_no_high(bool min)
    {
        Version1(NoLimit1, NoLimit1);

        using RecordingShell shell = Set(new() { Path = ["a"], Max = 4096, Min = min ? 4096 : null, High = min ? null : 4096 });

        Assert.Equal(ErrorIds.CgroupLimitUnavailable, Assert.Single(shell.Errors).Id);
        Assert.Equal(NoLimit1, _tree.Read($"{Legacy}/memory.limit_in_bytes"));
    }

    [Fact]
    public void Version_1_cannot_limit_swap_of_a_group_whose_memory_has_no_limit()
    {
        Version1(NoLimit1, NoLimit1);

        using RecordingShell shell = Set(new() { Path = ["a"], SwapMax = 4096 });

        (string id, string message) = (Assert.Single(shell.Errors).Id, shell.Errors[0].Message);
        Assert.Equal(ErrorIds.CgroupLimitUnavailable, id);
        Assert.Contains("give -Max, too", message, StringComparison.Ordinal);
        Assert.Empty(shell.Questions);
    }

    [Fact]
    public void Persist_writes_what_systemctl_set_property_writes_and_undo_removes_it()
    {
        Version2();
        string folder = _tree.PathOf("etc/systemd/system.control/ssh.service.d");

        using RecordingShell shell = Set(new() { Max = 400 << 20, SwapMax = CgroupValueFile.Unlimited, Switches = { "Persist" } });

        Assert.Empty(shell.Errors);
        Assert.StartsWith($"systemd reads {folder} at ", Assert.Single(shell.Warnings), StringComparison.Ordinal);
        Assert.Equal(
            "# This is a drop-in unit file extension, created via \"systemctl set-property\"\n# or an equivalent operation. Do not edit.\n[Service]\nMemoryMax=419430400\n",
            File.ReadAllText(Path.Join(folder, "50-MemoryMax.conf")));
        Assert.EndsWith("[Service]\nMemorySwapMax=infinity\n", File.ReadAllText(Path.Join(folder, "50-MemorySwapMax.conf")), StringComparison.Ordinal);
        Run(new UndoMemoryChangeCommand { Last = 3 }).Dispose();
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("docker/1a2b")]
    [InlineData("system.slice/ssh.service/workers")]
    [InlineData("user.slice/user-1000.slice/session-4.scope")]
    [InlineData("user.slice/user-1000.slice/user@1000.service/app.slice/editor.service")]
    public void Persist_is_refused_where_no_unit_of_the_machine_owns_the_group(string group)
    {
        Version2();
        _tree.Write($"sys/fs/cgroup/{group}/memory.max", "max\n");

        using RecordingShell shell = Set(new() { Path = [group], Max = 4096, Switches = { "Persist" } });

        Assert.Equal(ErrorIds.CgroupHasNoUnit, Assert.Single(shell.Errors).Id);
        Assert.Equal("max\n", _tree.Read($"sys/fs/cgroup/{group}/memory.max"));
    }

    [Fact]
    public void A_tree_of_files_takes_what_persists_alone()
    {
        Version2();
        using SetCgroupMemoryLimitCommand set = new() { Root = _tree.Root, Path = ["system.slice/ssh.service"], Max = 4096, Switches = { "Persist" } };
        using RecordingShell shell = CmdletRun.Run(set);

        Assert.Empty(shell.Errors);
        Assert.Equal("max", Value("memory.max"));
        Assert.True(File.Exists(_tree.PathOf("etc/systemd/system.control/ssh.service.d/50-MemoryMax.conf")));
    }

    [Theory]
    [InlineData("/", ErrorIds.CgroupLimitUnavailable)]
    [InlineData("absent", ErrorIds.CgroupNotFound)]
    [InlineData("../x", ErrorIds.CgroupNotFound)]
    public void What_cannot_be_limited_is_an_error(string group, string id)
    {
        Version2();
        using RecordingShell shell = Set(new() { Path = [group], Max = 4096 });

        Assert.Equal(id, Assert.Single(shell.Errors).Id);
    }

    [Fact]
    public void Without_a_limit_nothing_is_done()
    {
        Version2();
        using RecordingShell shell = Set(new());

        Assert.Equal(ErrorIds.CgroupLimitMissing, Assert.Single(shell.Errors).Id);
    }

    [Theory]
    [InlineData("max", long.MaxValue)]
    [InlineData("infinity", long.MaxValue)]
    [InlineData("512MB", 512L << 20)]
    [InlineData("0", 0)]
    public void A_limit_is_a_size_or_max(string text, long expected) => Assert.Equal(expected, ((ITextArgument)new ByteLimitAttribute()).FromText(text));

    private void Version2(long current = 4096)
    {
        Machine2("1 2 0:3 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        _tree.Write($"{Service}/memory.current", $"{current}\n");
        foreach ((string file, string value) in (ReadOnlySpan<(string, string)>)[("min", "0"), ("low", "0"), ("high", "max"), ("max", "max"), ("swap.max", "max")])
        {
            _tree.Write($"{Service}/memory.{file}", value + "\n");
        }
    }

    private void Version1(string limit, string both)
    {
        Machine2("1 2 0:3 / /sys/fs/cgroup/memory rw - cgroup c rw,memory\n");
        _tree.Write($"{Legacy}/memory.limit_in_bytes", limit);
        _tree.Write($"{Legacy}/memory.memsw.limit_in_bytes", both);
        _tree.Write($"{Legacy}/memory.soft_limit_in_bytes", NoLimit1);
        _tree.Write($"{Legacy}/memory.usage_in_bytes", "4096\n");
    }

    private void Machine2(string mounts)
    {
        _tree.Write("proc/self/mountinfo", mounts);
        _tree.Write("proc/meminfo", "MemTotal: 4000000 kB\nMemFree: 500 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n");
    }

    private string Value(string file) => _tree.Read($"{Service}/{file}").TrimEnd('\n');

    private RecordingShell Set(SetCgroupMemoryLimitCommand command, RecordingShell? shell = null)
    {
        command.Path = command.Path.Length > 0 ? command.Path : ["system.slice/ssh.service"];
        return Run(command, shell);
    }

    private RecordingShell Run(MemoryCmdlet command, RecordingShell? shell = null)
    {
        using (command)
        {
            command.WorkOn(Machine.At(_tree.Root, new RecordingCalls()));
            return CmdletRun.Run(command, shell);
        }
    }
}
