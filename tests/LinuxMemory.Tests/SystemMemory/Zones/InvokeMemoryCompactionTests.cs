using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public sealed class InvokeMemoryCompactionTests : IDisposable
{
    private readonly string _copy = Fixture.Copy("6.12.117+deb12-amd64-numa2");

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    [Fact]
    public void Writes_to_the_node_and_tells_of_its_zones_alone()
    {
        File.WriteAllText(Path.Join(_copy, "sys/devices/system/node/node1/compact"), "");

        using RecordingShell shell = Run([1, 7]);

        Assert.Equal("1\n", File.ReadAllText(Path.Join(_copy, "sys/devices/system/node/node1/compact")));
        Assert.NotEmpty(shell.Output);
        Assert.All(shell.Output.Cast<MemoryCompaction>(), zone => Assert.Equal((1, 11), (zone.Node, zone.Gained.Count)));
        Assert.Equal((ErrorIds.NumaNodeNotFound, 7), (Assert.Single(shell.Errors).Id, shell.Errors[0].Target));
    }

    [Fact]
    public void Without_a_node_the_whole_machine_is_compacted()
    {
        File.WriteAllText(Path.Join(_copy, "proc/sys/vm/compact_memory"), "");

        using RecordingShell shell = Run(null);

        Assert.Equal("1\n", File.ReadAllText(Path.Join(_copy, "proc/sys/vm/compact_memory")));
        Assert.Equal([0, 1], shell.Output.Cast<MemoryCompaction>().Select(zone => zone.Node).Distinct());
    }

    private RecordingShell Run(int[]? nodes)
    {
        using InvokeMemoryCompactionCommand command = new() { Node = nodes };
        command.WorkOn(Machine.At(_copy, new RecordingCalls()));
        return CmdletRun.Run(command);
    }
}
