using System.Diagnostics;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public class ProcessCmdletTests
{
    private const string Numa = "6.12.117+deb12-amd64-numa2";

    [Fact]
    public void Without_a_choice_all_processes_come_in_the_order_of_their_ids()
    {
        Assert.Equal([1, 2, 210, 231], Run(new Probe { Root = Fixture.PathOf(Numa) }).Output);
    }

    [Fact]
    public void Ids_come_in_the_order_given_and_twice_when_given_twice()
    {
        Assert.Equal([231, 1, 231], Run(new Probe { Root = Fixture.PathOf(Numa), Id = [231, 1, 231] }).Output);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(3)]
    public void An_id_that_no_process_has_is_an_error_about_that_id_and_the_others_go_on(int id)
    {
        using RecordingShell shell = Run(new Probe { Root = Fixture.PathOf(Numa), Id = [id, 1] });

        Assert.Equal([1], shell.Output);
        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal((ErrorIds.ProcessNotFound, (object)id), (error.Id, error.Target));
    }

    [Fact]
    public void Names_match_wildcards_and_each_process_comes_once()
    {
        Assert.Equal([1, 2, 231], Run(new Probe { Root = Fixture.PathOf(Numa), Name = ["INIT", "kthread*", "in?t"] }).Output);
    }

    [Fact]
    public void A_name_that_no_process_has_is_an_error_unless_it_has_wildcards()
    {
        using RecordingShell shell = Run(new Probe { Root = Fixture.PathOf(Numa), Name = ["nothing", "nothing*"] });

        Assert.Empty(shell.Output);
        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal((ErrorIds.ProcessNameNotFound, (object)"nothing"), (error.Id, error.Target));
    }

    [Fact]
    public void Objects_are_known_by_a_number_or_a_property()
    {
        using Process self = Process.GetCurrentProcess();

        using RecordingShell shell = Run(new Probe { InputObject = [self, self.Id, new { ProcessId = (long)self.Id, Id = "7" }, new { Pid = self.Id.ToString() }] });

        Assert.Equal([self.Id, self.Id, self.Id, self.Id], shell.Output);
    }

    [Fact]
    public void An_object_without_a_process_id_is_an_error_about_it_and_the_others_go_on()
    {
        object strange = new { Color = "red" };

        using RecordingShell shell = Run(new Probe { Root = Fixture.PathOf(Numa), InputObject = [strange, "x", 2.5, 1] });

        Assert.Equal([1], shell.Output);
        Assert.Equal([strange, "x", 2.5], shell.Errors.Select(error => error.Target));
        Assert.All(shell.Errors, error => Assert.Equal(ErrorIds.InputObjectInvalid, error.Id));
    }

    [Fact]
    public void Where_hidepid_hides_even_the_first_process_a_list_says_that_others_are_missing()
    {
        string root = Fixture.Copy(Numa);
        try
        {
            Directory.Delete(Path.Join(root, "proc/1"), recursive: true);
            Machine machine = Machine.At(root, new RecordingCalls());
            KernelException Hidden(int id) => new(Errno.EPERM, "open", $"/proc/{id}");

            using RecordingShell all = Run(new Probe { OnOne = process => throw Hidden(process.Id) }, machine);
            using RecordingShell one = Run(new Probe { Id = [1] }, machine);
            using RecordingShell ranked = CmdletRun.Run(On(new GetOomCandidateCommand(), machine));

            Assert.Equal([ProcessCmdlet.OthersAreHidden], all.Warnings);
            Assert.Empty(all.Errors);
            Assert.Contains(ProcessCmdlet.OthersAreHidden, Assert.Single(one.Errors).Message, StringComparison.Ordinal);
            Assert.Contains(ProcessCmdlet.OthersAreHidden, ranked.Warnings);
            Assert.False(ProcessList.HidesOthers(Machine.At(root)));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void An_object_of_a_process_that_had_the_id_before_does_not_lead_to_the_one_that_has_it_now()
    {
        string numa = Fixture.PathOf(Numa);
        ProcessMemory init = Assert.IsType<ProcessMemory>(Assert.Single(CmdletRun.Run(new GetProcessMemoryCommand { Root = numa, Id = [1] }).Output));
        object earlier = new { init.Id, StartTime = init.StartTime!.Value.AddDays(-1) };

        using RecordingShell same = Run(new Probe { Root = numa, InputObject = [init] });
        using RecordingShell other = Run(new Probe { Root = numa, InputObject = [earlier] });

        Assert.Equal([1], same.Output);
        Assert.Empty(other.Output);
        Assert.Equal(ErrorIds.ProcessNotFound, Assert.Single(other.Errors).Id);
    }

    [Fact]
    public void The_id_of_what_is_no_process_is_not_taken_for_one()
    {
        string numa = Fixture.PathOf(Numa);
        object[] others = [.. CmdletRun.Run(new GetNumaNodeCommand { Root = numa }).Output, .. CmdletRun.Run(new GetMemoryBlockCommand { Root = numa }).Output];

        using RecordingShell shell = Run(new Probe { Root = numa, InputObject = others });

        Assert.NotEmpty(others);
        Assert.Empty(shell.Output);
        Assert.All(shell.Errors, error => Assert.Equal(ErrorIds.InputObjectInvalid, error.Id));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_process_that_ends_meanwhile_is_an_error_only_when_it_was_named(bool named, int errors)
    {
        string root = Fixture.Copy(Numa);
        try
        {
            Probe probe = new() { Root = root, Id = named ? [231, 1] : null, OnOne = process =>
            {
                if (process.Id == 231)
                {
                    Directory.Delete(Path.Join(root, "proc/231"), recursive: true);
                }
            } };

            using RecordingShell shell = Run(probe);

            Assert.Contains(1, shell.Output);
            Assert.DoesNotContain(231, shell.Output);
            Assert.Equal(Enumerable.Repeat(ErrorIds.ProcessNotFound, errors), shell.Errors.Select(error => error.Id));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void A_file_that_a_living_process_lacks_is_not_taken_for_its_end()
    {
        using RecordingShell shell = Run(new Probe { Root = Fixture.PathOf(Numa), OnOne = process => process.Open().Read("no_such_file") });

        Assert.Equal(4, shell.Errors.Count);
        Assert.All(shell.Errors, error => Assert.Equal(ErrorIds.KernelFileAbsent, error.Id));
    }

    [Fact]
    public void Nothing_more_is_read_once_the_user_stops()
    {
        using RecordingShell shell = new();
        shell.OnOutput = _ => shell.Cancel();

        CmdletRun.Run(new Probe { Root = Fixture.PathOf(Numa) }, shell);

        Assert.Equal([1], shell.Output);
    }

    [Fact]
    public void Completion_offers_ids_by_id_or_name_and_names_once()
    {
        Machine machine = Fixture.Machine(Numa);

        Assert.Equal([new Completion("2", "2", "kthreadd"), new Completion("210", "210", "memtool"), new Completion("231", "231", "init")],
            new ProcessIdCompleter().Complete(machine, new TypedCommand("2")).ToArray());
        Assert.Equal(["1", "231"], new ProcessIdCompleter().Complete(machine, new TypedCommand("INI")).Select(c => c.Text));
        Assert.Equal([new Completion("init", "init", "2 processes")], new ProcessNameCompleter().Complete(machine, new TypedCommand("'in")).ToArray());
    }

    private static RecordingShell Run(Probe probe, Machine? machine = null)
    {
        using (probe)
        {
            return CmdletRun.Run(machine is null ? probe : On(probe, machine));
        }
    }

    private static MemoryCmdlet On(MemoryCmdlet cmdlet, Machine machine)
    {
        cmdlet.WorkOn(machine);
        return cmdlet;
    }

    private sealed class Probe : ProcessCmdlet
    {
        public Action<ProcessTarget>? OnOne { get; init; }

        protected override void ProcessOne(ProcessTarget process)
        {
            OnOne?.Invoke(process);
            using KernelDirectory directory = process.Open();
            Shell.Write(ProcessStatFile.Read(directory).Id);
        }
    }
}
