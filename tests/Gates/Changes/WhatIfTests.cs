using System.IO.Enumeration;
using System.Security.Cryptography;
using LinuxMemory.CommandLine;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Gates;

/// <summary>-WhatIf asks, and writes nothing at all.</summary>
public sealed class WhatIfTests : IDisposable
{
    private readonly string _copy = Fixture.Copy("6.12.117+deb12-amd64-swap");

    public static TheoryData<string> Names => [.. CommandTable.All.Where(command => command.CanAsk).Select(command => command.Name)];

    public static TheoryData<string> Recorded => [.. CommandTable.All.Where(command => command.CanAsk && !ChangingCommands.OnThisComputerAlone.Contains(command.Name)).Select(command => command.Name)];

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_captured_machine_stays_as_it_is_byte_for_byte(string name)
    {
        RecordingCalls calls = new() { Root = _copy };
        Machine machine = Machine.At(_copy, calls);
        Prepare(machine);
        using RecordingShell shell = new() { Agrees = false };
        string before = Describe();

        Run(name, machine, shell);

        Assert.Empty(shell.Errors);
        Assert.NotEmpty(shell.Questions);
        Assert.Empty(calls.Made);
        Assert.Equal(before, Describe());
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void What_is_forecast_is_what_then_happens(string name)
    {
        Machine machine = Machine.At(_copy, new RecordingCalls { Root = _copy });
        Prepare(machine);
        using RecordingShell forecast = new() { Agrees = false };
        using RecordingShell real = new();

        Run(name, machine, forecast);
        Run(name, machine, real, "-PassThru");

        Assert.Empty(real.Errors);
        Assert.Equal(forecast.Questions, real.Questions);
        foreach (MemoryChange change in real.Output.OfType<MemoryChange>().Where(change => change.OldValue is not null))
        {
            // The question names target, setting, and both values; the change tells what was read back. What only happens once,
            // such as compaction, has no values.
            string question = Assert.Single(forecast.Questions, question => question.StartsWith(change.Target + " | ", StringComparison.Ordinal));
            Assert.Contains(change.Setting, question, StringComparison.Ordinal);
            Assert.Contains(change.OldValue!, question, StringComparison.Ordinal);
            Assert.Contains(change.NewValue is null ? "" : $" {change.NewValue}", question, StringComparison.Ordinal);
        }
    }

    private static void Run(string name, Machine machine, RecordingShell shell, params string[] more)
    {
        Command command = CommandTable.Find(name);
        using MemoryCmdlet cmdlet = command.Create();
        string[] passing = [.. more.Where(argument => command.Parameters.Any(parameter => "-" + parameter.Name == argument))];
        string[] arguments = [.. ChangingCommands.For(name, 1, "/file"), .. passing];
        foreach ((CommandParameter parameter, object? value) in ParameterSet.Choose(command, CommandLine.CommandLine.Read(command, arguments)).Values)
        {
            parameter.Set(cmdlet, value);
        }
        cmdlet.WorkOn(machine);
        CmdletRun.Run(cmdlet, shell);
    }

    private void Prepare(Machine machine)
    {
        foreach (string file in ChangingCommands.WriteOnly)
        {
            File.WriteAllText(Path.Join(_copy, file), "");
        }
        File.WriteAllText(Path.Join(_copy, "file"), "text");
        byte[] area = new byte[1 << 20];
        SwapHeader.For(area.Length, 4096, "5b2f4f4e-8d4b-4b57-8d9e-3a0a7f0c7f11", null).ToPage().CopyTo(area, 0);
        File.WriteAllBytes(Path.Join(_copy, "file.area"), area);
        File.WriteAllBytes(Path.Join(_copy, "file.swap"), area);
        Directory.CreateDirectory(Path.Join(_copy, "dev"));
        File.WriteAllBytes(Path.Join(_copy, "dev/zram0"), area);
        Directory.CreateDirectory(Path.Join(_copy, "sys/class/zram-control"));
        File.AppendAllText(Path.Join(_copy, "proc/swaps"), "/file.area file 1020 0 5\n");
        File.AppendAllText(Path.Join(_copy, "proc/self/mountinfo"), "99 1 0:99 / /file rw - hugetlbfs hugetlbfs rw,pagesize=2M\n");
        KernelFileChange plan = KernelFileChange.Plan(machine, "proc/sys/vm/swappiness", "vm.swappiness", "11");
        ChangeJournal journal = ChangeJournal.Of(machine);
        MemoryChange begun = journal.Begin(journal.Describe(plan, ChangeState.Begun));
        journal.End(journal.Describe(plan.Apply(machine), ChangeState.Applied, begun.Id));
    }

    // A captured sys has links in circles: none is followed.
    private string Describe() => string.Join('\n', new FileSystemEnumerable<string>(_copy, (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        { ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0 }
        .Order(StringComparer.Ordinal).Select(path => $"{path} {new FileInfo(path).LastWriteTimeUtc:O} {Content(path)}"));

    private static string Content(string path) => new FileInfo(path).LinkTarget is not null || Directory.Exists(path)
        ? "" : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
}
