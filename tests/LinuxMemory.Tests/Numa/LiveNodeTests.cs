using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

/// <summary>Memory on two real nodes: a program's pages moved from one to the other, and a pool of one node.</summary>
[Trait("Category", "Live")]
public sealed class LiveNodeTests : IClassFixture<MachineState>
{
    private const int MiB = 1 << 20;
    private const string Pool = "hugepages/hugepages-2048kB/nr_hugepages";

    [Fact]
    public void Pages_of_a_program_go_to_the_other_node_and_back_as_numastat_sees_it()
    {
        (int one, int other) = TwoNodes();
        Assert.SkipUnless(File.Exists("/usr/bin/numactl") && File.Exists("/usr/bin/numastat"), "needs numactl and numastat");
        using Process program = Process.Start(new ProcessStartInfo("numactl", [$"--membind={one}", "tail"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            byte[] zeros = new byte[32 * MiB];
            program.StandardInput.BaseStream.Write(zeros);
            program.StandardInput.BaseStream.Flush();
            Assert.True(SpinWait.SpinUntil(() => On(program, one) > 31 * MiB, TimeSpan.FromSeconds(30)));
            long before = On(program, one);

            ProcessMemoryMove there = Move(program, one, other);

            // Tail still works on the last of what it was given.
            Assert.InRange(there.Moved, 31 * MiB, before + MiB);
            Assert.InRange(there.After[other] - there.Before.ElementAtOrDefault(other) - there.Moved, -MiB, MiB);
            Assert.InRange(On(program, one), 0, before - (30 * MiB));
            Assert.Equal(Mebibytes(program, other), (double)On(program, other) / MiB, 0.1);
            Assert.Equal(Mebibytes(program, one), (double)On(program, one) / MiB, 0.1);

            // What it maps of libraries can have been there before it started.
            Assert.True(Move(program, other, one).Moved > 31 * MiB);
            Assert.True(On(program, one) > 31 * MiB);
        }
        finally
        {
            program.Kill();
            program.WaitForExit();
        }
    }

    [Fact]
    public void A_pool_of_one_node_is_that_node_s_and_goes_back()
    {
        (int one, int other) = TwoNodes();
        Assert.SkipUnless(File.Exists(FileOf(other)), "no huge pages of 2 MiB here");
        (long before, long beforeElsewhere) = (Number(other), Number(one));
        using RecordingShell shell = Run(new SetHugePagePoolCommand { PageSize = 2 * MiB, Count = before + 4, Node = [other], Switches = { "PassThru" } });
        long[] changes = [.. shell.Output.OfType<MemoryChange>().Select(change => change.Id)];
        try
        {
            Assert.SkipWhen(shell.Errors is [{ Id: ErrorIds.HugePagePoolIncomplete }], "the node's memory is too broken up for 4 huge pages");
            Assert.Empty(shell.Errors);
            Assert.Equal((other, before + 4, true), shell.Output.OfType<HugePagePoolResult>().Select(result => (result.Node ?? -1, result.Achieved, result.IsComplete)).Single());
            Assert.Equal((before + 4, beforeElsewhere), (Number(other), Number(one)));
            Assert.Equal(before + 4, HugePagePools.Read(Machine.Live).Single(pool => pool.Node == other && pool.PageSize == 2 * MiB).Total);
        }
        finally
        {
            Run(new UndoMemoryChangeCommand { Id = changes }).Dispose();
        }
        Assert.Equal((before, beforeElsewhere), (Number(other), Number(one)));
    }

    private static (int One, int Other) TwoNodes()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        int[] nodes = NumaNodes.AreShown(Machine.Live) ? [.. NumaNodes.Read(Machine.Live).Where(node => node.HasMemory == true).Select(node => node.Id)] : [];
        Assert.SkipWhen(nodes.Length < 2, "needs two NUMA nodes with memory");
        return (nodes[0], nodes[1]);
    }

    private static ProcessMemoryMove Move(Process program, int from, int to)
    {
        using RecordingShell shell = Run(new MoveProcessMemoryCommand { Id = [program.Id], FromNode = [from], ToNode = [to] });
        Assert.Empty(shell.Errors);
        return Assert.IsType<ProcessMemoryMove>(Assert.Single(shell.Output));
    }

    private static long On(Process program, int node)
    {
        using RecordingShell shell = Run(new GetProcessNumaMapCommand { Id = [program.Id], Switches = { "Summary" } });
        return Assert.IsType<ProcessNumaSummary>(Assert.Single(shell.Output)).BytesByNode.ElementAtOrDefault(node);
    }

    // "Total    0.00    81.32    81.32": a column for each node, in the order of their numbers.
    private static double Mebibytes(Process program, int node)
    {
        (int code, string output) = Live.Run("numastat", "-p", program.Id.ToString(CultureInfo.InvariantCulture));
        Assert.SkipWhen(code != 0, output);
        int column = NumaNodes.Read(Machine.Live).Select(one => one.Id).Order().ToList().IndexOf(node);
        string total = output.Split('\n').Single(line => line.StartsWith("Total", StringComparison.Ordinal));
        return double.Parse(total.Split(' ', StringSplitOptions.RemoveEmptyEntries)[column + 1], CultureInfo.InvariantCulture);
    }

    private static string FileOf(int node) => $"/sys/devices/system/node/node{node}/{Pool}";

    private static long Number(int node) => long.Parse(File.ReadAllText(FileOf(node)), CultureInfo.InvariantCulture);

    private static RecordingShell Run(MemoryCmdlet command)
    {
        using (command)
        {
            return CmdletRun.Run(command);
        }
    }
}
