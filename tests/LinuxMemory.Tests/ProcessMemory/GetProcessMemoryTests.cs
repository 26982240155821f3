using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class GetProcessMemoryTests
{
    private const string Numa = "6.12.117+deb12-amd64-numa2";

    [Fact]
    public void Kernel_threads_are_left_out_unless_wanted_or_named()
    {
        Assert.Equal([1, 210, 231], Ids(new GetProcessMemoryCommand()));
        Assert.Equal([1, 2, 210, 231], Ids(new GetProcessMemoryCommand { Switches = { nameof(GetProcessMemoryCommand.IncludeKernelThread) } }));
        Assert.Equal([2], Ids(new GetProcessMemoryCommand { Id = [2] }));
        Assert.Equal([2], Ids(new GetProcessMemoryCommand { Name = ["kthread*"] }));
        Assert.Equal([2], Ids(new GetProcessMemoryCommand { InputObject = [new { Id = 2 }] }));
    }

    [Fact]
    public void Fast_leaves_the_proportional_sizes_out()
    {
        using RecordingShell shell = Run(new GetProcessMemoryCommand { Switches = { nameof(GetProcessMemoryCommand.Fast) } });

        Assert.All(shell.Output.Cast<ProcessMemory>(), process => Assert.Equal((null, ProcessMemoryAccess.Full), (process.Pss, process.Access)));
    }

    [Fact]
    public void Many_processes_come_in_order_with_the_errors_of_their_own()
    {
        string root = Fixture.Copy(Numa);
        try
        {
            foreach (int id in Enumerable.Range(1000, 40))
            {
                CopyProcess(root, id);
            }
            File.WriteAllText(Path.Join(root, "proc/1007/status"), "Name:\tx\n");
            File.Delete(Path.Join(root, "proc/1008/stat"));
            using GetProcessMemoryCommand command = new() { Root = root };

            using RecordingShell shell = CmdletRun.Run(command);

            Assert.Equal([1, 210, 231, .. Enumerable.Range(1000, 40).Where(id => id is not (1007 or 1008))], shell.Output.Cast<ProcessMemory>().Select(p => p.Id));
            MemoryError error = Assert.Single(shell.Errors);
            Assert.Equal((ErrorIds.KernelFileMalformed, (object)1007), (error.Id, error.Target));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void All_processes_of_this_machine_come_with_this_one_among_them()
    {
        using GetProcessMemoryCommand command = new();

        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Empty(shell.Errors);
        ProcessMemory self = Assert.Single(shell.Output.Cast<ProcessMemory>(), process => process.Id == Environment.ProcessId);
        Assert.Equal(ProcessMemoryAccess.Full, self.Access);
        int withoutPss = shell.Output.Cast<ProcessMemory>().Count(process => process.Access == ProcessMemoryAccess.NoPss);
        Assert.Equal(withoutPss > 0, (Environment.IsPrivilegedProcess ? shell.VerboseLines : shell.Warnings).Any(line => line.StartsWith($"{withoutPss} of ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Stopping_ends_the_reading_without_an_error()
    {
        using RecordingShell shell = new();
        shell.OnOutput = _ => shell.Cancel();
        using GetProcessMemoryCommand command = new();

        CmdletRun.Run(command, shell);

        Assert.Single(shell.Output);
        Assert.Empty(shell.Errors);
    }

    [Fact]
    public void The_view_shows_no_control_characters_and_an_id_for_an_unknown_user()
    {
        Assert.Equal("a?[2Jb", Display.Text("a\u001b[2Jb"));
        Assert.Equal("0", ProcessMemoryText.User((ProcessMemory)Run(new GetProcessMemoryCommand { Id = [1] }).Output[0]));
    }

    private static void CopyProcess(string root, int id)
    {
        string to = Path.Join(root, "proc", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(to);
        foreach (string name in (string[])["status", "smaps_rollup", "cmdline", "oom_score", "oom_score_adj", "cgroup"])
        {
            File.Copy(Path.Join(root, "proc/1", name), Path.Join(to, name));
        }
        string stat = File.ReadAllText(Path.Join(root, "proc/1/stat"));
        File.WriteAllText(Path.Join(to, "stat"), $"{id}{stat[1..]}");
    }

    private static IEnumerable<int> Ids(GetProcessMemoryCommand command) => Run(command).Output.Cast<ProcessMemory>().Select(process => process.Id);

    private static RecordingShell Run(GetProcessMemoryCommand command)
    {
        command.Root = Fixture.PathOf(Numa);
        using (command)
        {
            return CmdletRun.Run(command);
        }
    }
}
