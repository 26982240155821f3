using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public sealed class SetNumaBalancingTests : IDisposable
{
    private const string Setting = "proc/sys/kernel/numa_balancing";

    private readonly string _copy = Fixture.CopyPart("6.12.117+deb12-amd64-numa2", Setting, "proc/cmdline",
        "sys/devices/system/node/node0/meminfo", "sys/devices/system/node/node1/meminfo");

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    [Theory]
    [InlineData("0", true, "1")]
    [InlineData("2", true, "3")]
    [InlineData("3", true, "3")]
    [InlineData("1", false, "0")]
    [InlineData("3", false, "0")]
    public void The_bit_for_nodes_is_set_beside_the_one_for_tiers_and_off_is_off(string before, bool enabled, string after)
    {
        File.WriteAllText(Path.Join(_copy, Setting), before + "\n");

        using RecordingShell shell = Run(enabled);

        Assert.Empty(shell.Errors);
        Assert.Empty(shell.Warnings);
        Assert.Equal(after, File.ReadAllText(Path.Join(_copy, Setting)).Trim());
    }

    [Fact]
    public void A_machine_with_one_node_is_told_that_there_is_nothing_to_balance()
    {
        Directory.Delete(Path.Join(_copy, "sys/devices/system/node/node1"), recursive: true);
        File.WriteAllText(Path.Join(_copy, Setting), "0\n");

        Assert.Single(Run(true).Warnings);
    }

    [Fact]
    public void A_kernel_without_it_says_so()
    {
        File.Delete(Path.Join(_copy, Setting));

        Assert.Equal(ErrorIds.SettingNotFound, Assert.Single(Run(true).Errors).Id);
    }

    [Fact]
    public void The_completer_offers_nodes_with_their_CPUs_and_memory() =>
        Assert.Equal(["0", "1"], new NodeCompleter().Complete(Machine.At(_copy), new TypedCommand("")).Select(node => node.Text));

    private RecordingShell Run(bool enabled)
    {
        using SetNumaBalancingCommand command = new() { Enabled = enabled };
        command.WorkOn(Machine.At(_copy, new RecordingCalls()));
        return CmdletRun.Run(command);
    }
}
