using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

/// <summary>What the cmdlets that change processes ask, ask the kernel for, and tell, on a captured machine whose kernel only writes down.</summary>
public sealed class ProcessChangesTests(ProcessChangesTests.Captured captured) : IClassFixture<ProcessChangesTests.Captured>
{
    // A shell of a machine with two nodes.
    private const int Id = 1;

    private readonly string _copy = captured.Path;
    private readonly RecordingCalls _calls = new() { Root = captured.Path };

    [Fact]
    public void A_limit_is_set_read_back_and_taken_back()
    {
        using RecordingShell shell = Run(new SetProcessMemoryLimitCommand { Id = [Id], Resource = ProcessMemoryResource.Stack, Soft = 16 << 20, Switches = { "PassThru" } });

        Assert.Empty(shell.Errors);
        Assert.Equal("process 1 (init) | Change Stack limit from 8388608:unlimited to 16777216:unlimited", Assert.Single(shell.Questions));
        MemoryChange change = Assert.IsType<MemoryChange>(Assert.Single(shell.Output));
        Assert.Equal(("8388608:unlimited", "16777216:unlimited", true), (change.OldValue, change.NewValue, change.CanUndo));
        Assert.Equal([$"prlimit 1 3 {16 << 20} {ulong.MaxValue}"], _calls.Made);

        using RecordingShell undone = Run(new UndoMemoryChangeCommand { Last = 1 });
        Assert.Empty(undone.Errors);
        Assert.Equal($"prlimit 1 3 {8 << 20} {ulong.MaxValue}", _calls.Made[^1]);
    }

    [Fact]
    public void A_hard_limit_alone_takes_the_soft_one_along_and_none_is_the_word_unlimited()
    {
        using RecordingShell lowered = Run(new SetProcessMemoryLimitCommand { Id = [Id], Resource = ProcessMemoryResource.AddressSpace, Hard = 4 << 20 });
        using RecordingShell lifted = Run(new SetProcessMemoryLimitCommand { Id = [Id], Resource = ProcessMemoryResource.AddressSpace, Soft = long.MaxValue, Hard = long.MaxValue });

        Assert.Equal([$"prlimit 1 9 {4 << 20} {4 << 20}", $"prlimit 1 9 {ulong.MaxValue} {ulong.MaxValue}"], _calls.Made);
        Assert.Contains("CAP_SYS_RESOURCE", Assert.Single(lowered.Warnings), StringComparison.Ordinal);
        Assert.EndsWith("from 4194304:4194304 to unlimited:unlimited", Assert.Single(lifted.Questions), StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_below_the_use_and_one_that_Linux_ignores_are_warned_about()
    {
        using RecordingShell below = Run(new SetProcessMemoryLimitCommand { Id = [Id], Resource = ProcessMemoryResource.AddressSpace, Soft = 4096 });
        using RecordingShell ignored = Run(new SetProcessMemoryLimitCommand { Id = [Id], Resource = ProcessMemoryResource.Rss, Soft = 1 << 30 });

        Assert.Contains("every further allocation of that kind fails", Assert.Single(below.Warnings), StringComparison.Ordinal);
        Assert.Contains("memory.max", Assert.Single(ignored.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_soft_limit_above_the_hard_one_is_refused_and_none_at_all_is_asked_for()
    {
        Run(new SetProcessMemoryLimitCommand { Id = [Id], Resource = ProcessMemoryResource.Core, Soft = 4096, Hard = 8192 }).Dispose();
        using RecordingShell above = Run(new SetProcessMemoryLimitCommand { Id = [Id], Resource = ProcessMemoryResource.Core, Soft = 8193 });
        using RecordingShell none = Run(new SetProcessMemoryLimitCommand { Id = [Id], Resource = ProcessMemoryResource.Core });
        using RecordingShell same = Run(new SetProcessMemoryLimitCommand { Id = [Id], Resource = ProcessMemoryResource.Core, Soft = 4096 });

        Assert.Equal(ErrorIds.KernelRefused, Assert.Single(above.Errors).Id);
        Assert.Equal(ErrorIds.ParametersMissing, Assert.Single(none.Errors).Id);
        Assert.Empty(same.Errors);
        Assert.Empty(same.Questions);
        Assert.Single(_calls.Made);
    }

    [Fact]
    public void Pages_are_moved_and_what_stayed_is_told()
    {
        using RecordingShell shell = Run(new MoveProcessMemoryCommand { Id = [Id], FromNode = [1], ToNode = [0], Switches = { "PassThru" } });

        Assert.Empty(shell.Errors);
        Assert.Equal("process 1 (init) | Move its pages from node 1 to node 0", Assert.Single(shell.Questions));
        Assert.Equal(["migrate_pages 1 1 0"], _calls.Made);
        ProcessMemoryMove move = shell.Output.OfType<ProcessMemoryMove>().Single();
        Assert.Equal((3L, 0L, Id), (move.PagesLeft, move.Moved, move.Id));
        Assert.Equal([13 * 4096, 440 * 4096], [move.Before[0], move.Before[1]]);
        Assert.False(shell.Output.OfType<MemoryChange>().Single().CanUndo);
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(0, 7)]
    public void A_node_that_the_machine_lacks_is_refused(int from, int to)
    {
        using RecordingShell shell = Run(new MoveProcessMemoryCommand { Id = [Id], FromNode = [from], ToNode = [to] });

        Assert.Equal(ErrorIds.NumaNodeNotFound, Assert.Single(shell.Errors).Id);
        Assert.Contains("0-1", shell.Errors[0].Message, StringComparison.Ordinal);
        Assert.Empty(_calls.Made);
    }

    [Fact]
    public void Advice_goes_to_each_mapping_that_takes_it()
    {
        using RecordingShell shell = Run(new InvokeProcessPageAdviceCommand { Id = [Id], Advice = ProcessPageAdvice.PageOut });

        Assert.Empty(shell.Errors);
        ProcessAdviceResult result = Assert.IsType<ProcessAdviceResult>(Assert.Single(shell.Output));
        Assert.StartsWith($"process 1 (init) | Reclaim its pages now ({result.Advised} bytes in {_calls.Made.Count} mappings)", Assert.Single(shell.Questions), StringComparison.Ordinal);
        Assert.Equal((0L, result.RssBefore, result.SwapBefore), (result.Refused, result.RssAfter, result.SwapAfter));
        Assert.All(_calls.Made, call => Assert.EndsWith(" 21", call, StringComparison.Ordinal));
        // Neither the kernel's own pages nor those of everybody.
        Assert.DoesNotContain(_calls.Made, call => call.Contains("ffffffffff600000", StringComparison.Ordinal));
        Assert.Contains(_calls.Made, call => call.StartsWith("process_madvise 389a8000 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Kinds_and_addresses_choose_the_mappings_and_a_choice_of_none_is_warned_about()
    {
        using RecordingShell heap = Run(new InvokeProcessPageAdviceCommand { Id = [Id], Advice = ProcessPageAdvice.Cold, Kind = [ProcessMemoryKind.Heap] });
        using RecordingShell below = Run(new InvokeProcessPageAdviceCommand { Id = [Id], Advice = ProcessPageAdvice.Cold, End = 0x401000 });
        using RecordingShell none = Run(new InvokeProcessPageAdviceCommand { Id = [Id], Advice = ProcessPageAdvice.Cold, Start = 0x1000, End = 0x2000 });

        Assert.Equal(2, _calls.Made.Count);
        Assert.StartsWith("process_madvise 389a8000 ", _calls.Made[0], StringComparison.Ordinal);
        Assert.Equal("process_madvise 400000 4096 20", _calls.Made[1]);
        Assert.Empty(heap.Warnings);
        Assert.Contains("No mapping", Assert.Single(none.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_thread_of_the_kernel_has_no_memory()
    {
        MemoryCmdlet[] all =
        [
            new GetProcessMemoryMapCommand { Id = [2] }, new GetProcessMemoryLayoutCommand { Id = [2] }, new GetProcessPageCommand { Id = [2] },
            new ResolveVirtualAddressCommand { Id = [2], Address = [0] }, new GetProcessNumaMapCommand { Id = [2] }, new GetProcessMemoryLimitCommand { Id = [2] },
            new SetProcessMemoryLimitCommand { Id = [2], Resource = ProcessMemoryResource.Core, Soft = 0 }, new InvokeProcessPageAdviceCommand { Id = [2], Advice = ProcessPageAdvice.Cold },
            new MoveProcessMemoryCommand { Id = [2], FromNode = [0], ToNode = [1] }, new ReadProcessMemoryCommand { Id = [2], Address = 0, Length = 1 },
            new FindProcessMemoryCommand { Id = [2], Text = "x" }, new ExportProcessCoreCommand { Id = [2], Path = Path.Join(_copy, "core") },
        ];

        Assert.All(all, cmdlet =>
        {
            using RecordingShell shell = Run(cmdlet);
            Assert.Equal(ErrorIds.ProcessIsKernelThread, Assert.Single(shell.Errors).Id);
            Assert.Empty(shell.Questions);
        });
        Assert.Empty(_calls.Made);
        Assert.False(File.Exists(Path.Join(_copy, "core")));
    }

    private RecordingShell Run(MemoryCmdlet cmdlet)
    {
        using (cmdlet)
        {
            cmdlet.WorkOn(Machine.At(_copy, _calls));
            return CmdletRun.Run(cmdlet);
        }
    }

    public sealed class Captured : IDisposable
    {
        public string Path { get; } = Fixture.Copy("6.12.117+deb12-amd64-numa2");

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
