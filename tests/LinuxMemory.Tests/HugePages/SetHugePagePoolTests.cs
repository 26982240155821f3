using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

/// <summary>Pools of a captured machine with two nodes: 40 pages of 2 MiB (24 and 16), 2 of 1 GiB.</summary>
public sealed class SetHugePagePoolTests : IDisposable
{
    private const long Small = 2 << 20;
    private const long Gigantic = 1 << 30;

    private const string Nodes = "sys/devices/system/node/node";

    private readonly string _copy = Fixture.CopyPart("6.12.117+deb12-amd64-hugepages", "proc/meminfo", "proc/vmstat", "proc/buddyinfo", "proc/cmdline",
        "sys/kernel/mm/hugepages", Nodes + "0/hugepages", Nodes + "0/meminfo", Nodes + "1/hugepages", Nodes + "1/meminfo");

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    [Fact]
    public void What_was_asked_stands_beside_what_was_achieved()
    {
        using RecordingShell shell = Run(new SetHugePagePoolCommand { PageSize = Small, Count = 60, Switches = { "PassThru" } });

        Assert.Empty(shell.Errors);
        HugePagePoolResult result = Assert.IsType<HugePagePoolResult>(shell.Output[0]);
        Assert.Equal((60L, 60L, 40L, true), (result.Asked, result.Achieved, result.Before, result.IsComplete));
        Assert.Equal("60\n", Read("sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages"));
        Assert.Equal(("40", "60"), (((MemoryChange)shell.Output[1]).OldValue, ((MemoryChange)shell.Output[1]).NewValue));
    }

    [Theory]
    [InlineData(100L << 20, 50)]
    [InlineData((100L << 20) + 1, 51)]
    [InlineData(0, 0)]
    public void Bytes_are_rounded_up_to_pages(long bytes, long pages)
    {
        using RecordingShell shell = Run(new SetHugePagePoolCommand { PageSize = Small, Bytes = bytes });

        Assert.Equal(pages, Assert.IsType<HugePagePoolResult>(Assert.Single(shell.Output)).Asked);
    }

    [Fact]
    public void Without_a_size_the_kernels_default_is_meant()
    {
        using RecordingShell shell = Run(new SetHugePagePoolCommand { Count = 41 });

        Assert.Equal(Small, Assert.IsType<HugePagePoolResult>(Assert.Single(shell.Output)).PageSize);
    }

    [Fact]
    public void The_pool_of_a_node_is_its_own()
    {
        using RecordingShell shell = Run(new SetHugePagePoolCommand { PageSize = Small, Count = 5, Node = [1] });

        Assert.Equal("5\n", Read("sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages"));
        Assert.Equal("24", Read("sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages").Trim());
        Assert.Equal((1, 16L), (((HugePagePoolResult)shell.Output[0]).Node, ((HugePagePoolResult)shell.Output[0]).Before));
    }

    [Fact]
    public void Undo_gives_each_node_what_it_had()
    {
        Machine machine = Machine.At(_copy, new RecordingCalls());
        using RecordingShell shell = Run(new SetHugePagePoolCommand { PageSize = Small, Count = 60, Switches = { "PassThru" } });
        // As the kernel would spread them.
        File.WriteAllText(Path.Join(_copy, "sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages"), "30\n");
        File.WriteAllText(Path.Join(_copy, "sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages"), "30\n");
        using UndoMemoryChangeCommand undo = new() { Id = [shell.Output.OfType<MemoryChange>().Single().Id] };
        undo.WorkOn(machine);

        Assert.Empty(CmdletRun.Run(undo).Errors);

        Assert.Equal("24\n", Read("sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages"));
        Assert.Equal("16\n", Read("sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages"));
    }

    [Fact]
    public void More_than_half_of_what_is_available_is_warned_of_and_asked()
    {
        long pages = MemInfoFile.Read(Machine.At(_copy)).MemAvailable!.Value * 3 / 4 / Small;

        using RecordingShell shell = Run(new SetHugePagePoolCommand { PageSize = Small, Count = 40 + pages }, new RecordingShell { Agrees = false });

        Assert.Contains("available", Assert.Single(shell.Warnings), StringComparison.Ordinal);
        Assert.Single(shell.Questions);
        Assert.Empty(shell.Output);
    }

    [Fact]
    public void More_than_is_available_is_refused_without_Force()
    {
        MemInfo memory = MemInfoFile.Read(Machine.At(_copy));
        long pages = 40 + (memory.MemAvailable!.Value / Small) + 1;

        Assert.Equal(ErrorIds.HugePagePoolTooLarge, Assert.Single(Run(new SetHugePagePoolCommand { PageSize = Small, Count = pages }).Errors).Id);
        Assert.Empty(Run(new SetHugePagePoolCommand { PageSize = Small, Count = pages, Switches = { "Force" } }).Errors);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(long.MaxValue)]
    public void More_than_the_machine_has_is_refused_even_with_Force(long pages)
    {
        using RecordingShell shell = Run(new SetHugePagePoolCommand { PageSize = Small, Count = pages, Switches = { "Force" } });

        Assert.Equal(ErrorIds.HugePagePoolTooLarge, Assert.Single(shell.Errors).Id);
        Assert.Equal("40", Read("sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages").Trim());
    }

    [Fact]
    public void A_size_that_the_processor_lacks_is_refused_with_those_it_has()
    {
        MemoryError error = Assert.Single(Run(new SetHugePagePoolCommand { PageSize = 16 << 20, Count = 1 }).Errors);

        Assert.Equal(ErrorIds.HugePageSizeUnavailable, error.Id);
        Assert.Contains("2.0 MiB and 1.0 GiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_is_not_there_is_an_error_and_the_others_go_on()
    {
        using RecordingShell shell = Run(new SetHugePagePoolCommand { PageSize = Small, Count = 1, Node = [7, 0] });

        Assert.Equal((ErrorIds.NumaNodeNotFound, 7), (shell.Errors.Single().Id, shell.Errors.Single().Target));
        Assert.Equal(0, Assert.IsType<HugePagePoolResult>(Assert.Single(shell.Output)).Node);
    }

    [Fact]
    public void A_node_without_memory_has_no_pool()
    {
        string memoryless = Fixture.PathOf("6.12.117+deb12-amd64-memless");
        int node = NumaNodes.Read(Machine.At(memoryless)).Single(node => node.HasMemory == false).Id;
        using SetHugePagePoolCommand command = new() { PageSize = Small, Count = 1, Node = [node] };
        command.WorkOn(Machine.At(memoryless, new RecordingCalls()));

        Assert.Equal(ErrorIds.NumaNodeWithoutMemory, Assert.Single(CmdletRun.Run(command).Errors).Id);
    }

    [Fact]
    public void The_default_size_is_kept_by_sysctl_and_a_node_by_tmpfiles()
    {
        Run(new SetHugePagePoolCommand { PageSize = Small, Count = 50, Switches = { "Persist" } }).Dispose();
        Run(new SetHugePagePoolCommand { PageSize = Small, Count = 20, Node = [0], Switches = { "Persist" } }).Dispose();
        Run(new SetHugePagePoolCommand { PageSize = Small, Count = 21, Node = [0], Switches = { "Persist" } }).Dispose();

        Assert.EndsWith("\nvm.nr_hugepages = 50\n", Read("etc/sysctl.d/90-linuxmemory.conf"), StringComparison.Ordinal);
        Assert.EndsWith("\nw! /sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages - - - - 21\n", Read("etc/tmpfiles.d/linuxmemory.conf"), StringComparison.Ordinal);
    }

    [Fact]
    public void Gigantic_pages_are_advice_for_the_command_line_and_nothing_is_written()
    {
        using RecordingShell all = Run(new SetHugePagePoolCommand { PageSize = Gigantic, Count = 2, Switches = { "Persist" } });
        using RecordingShell nodes = Run(new SetHugePagePoolCommand { PageSize = Gigantic, Count = 1, Node = [0, 1], Switches = { "Persist" } });

        Assert.Contains("'hugepagesz=1G hugepages=2'", Assert.Single(all.Warnings), StringComparison.Ordinal);
        Assert.Contains("'hugepagesz=1G hugepages=0:1,1:1'", Assert.Single(nodes.Warnings), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Join(_copy, "etc/tmpfiles.d/linuxmemory.conf")));
    }

    [Fact]
    public void Surplus_pages_may_be_allowed_for_the_machine_and_not_for_a_node_or_for_gigantic_pages()
    {
        Assert.Empty(Run(new SetHugePagePoolCommand { PageSize = Small, Overcommit = 12, Switches = { "Persist" } }).Errors);

        Assert.Equal("12\n", Read("sys/kernel/mm/hugepages/hugepages-2048kB/nr_overcommit_hugepages"));
        Assert.EndsWith("\nvm.nr_overcommit_hugepages = 12\n", Read("etc/sysctl.d/90-linuxmemory.conf"), StringComparison.Ordinal);
        Assert.Equal(ErrorIds.ParametersConflict, Run(new SetHugePagePoolCommand { PageSize = Small, Overcommit = 12, Node = [0] }).Errors.Single().Id);
        Assert.Equal(ErrorIds.HugePageSizeUnavailable, Run(new SetHugePagePoolCommand { PageSize = Gigantic, Overcommit = 1 }).Errors.Single().Id);
    }

    [Fact]
    public void Pages_in_use_stay_as_surplus_and_that_is_said()
    {
        File.WriteAllText(Path.Join(_copy, "sys/kernel/mm/hugepages/hugepages-2048kB/surplus_hugepages"), "3\n");

        using RecordingShell shell = Run(new SetHugePagePoolCommand { PageSize = Small, Count = 0 });

        // The tree shows what was written, 0 pages and 3 of them surplus; the kernel would show 3 and 3.
        Assert.Equal(3, ((HugePagePoolResult)shell.Output[0]).Surplus);
    }

    [Fact]
    public void A_kernel_without_huge_pages_says_so()
    {
        Directory.Delete(Path.Join(_copy, "sys/kernel/mm/hugepages"), recursive: true);

        Assert.Equal(ErrorIds.HugePageSizeUnavailable, Assert.Single(Run(new SetHugePagePoolCommand { PageSize = Small, Count = 1 }).Errors).Id);
    }

    [Fact]
    public void Something_must_be_set() =>
        Assert.Equal(ErrorIds.SettingValueInvalid, Assert.Single(Run(new SetHugePagePoolCommand { PageSize = Small }).Errors).Id);

    [Fact]
    public void An_image_takes_only_what_persists()
    {
        using SetHugePagePoolCommand now = new() { Root = _copy, PageSize = Small, Count = 7 };
        using SetHugePagePoolCommand boot = new() { Root = _copy, PageSize = Small, Count = 7, Switches = { "Persist" } };

        Assert.Equal(ErrorIds.RuntimeChangeNeedsLiveMachine, Assert.Single(CmdletRun.Run(now).Errors).Id);
        Assert.Empty(CmdletRun.Run(boot).Errors);
        Assert.EndsWith("\nvm.nr_hugepages = 7\n", Read("etc/sysctl.d/90-linuxmemory.conf"), StringComparison.Ordinal);
    }

    private string Read(string path) => File.ReadAllText(Path.Join(_copy, path));

    private RecordingShell Run(SetHugePagePoolCommand command, RecordingShell? shell = null)
    {
        using (command)
        {
            command.WorkOn(Machine.At(_copy, new RecordingCalls()));
            return CmdletRun.Run(command, shell);
        }
    }
}
