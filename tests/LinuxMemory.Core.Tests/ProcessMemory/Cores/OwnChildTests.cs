using System.Diagnostics;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Children of this very program, whose ends the runtime waits for while they are traced.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class OwnChildTests : IDisposable
{
    // So many ends of others meanwhile that some come while a child is being stopped.
    private const int Rounds = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-own-").FullName;
    private readonly Process _child = Process.Start(Child.Tool("sleep"), "600");

    public void Dispose()
    {
        _child.Kill();
        _child.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_child_that_was_stopped_for_its_core_has_not_ended_while_others_do(bool freeze)
    {
        using CancellationTokenSource isOver = new();
        Task others = Task.Run(() =>
        {
            while (!isOver.IsCancellationRequested)
            {
                Child.Run(Child.Tool("true"));
            }
        }, CancellationToken.None);

        for (int round = 0; round < Rounds; round++)
        {
            string path = Path.Join(_folder, "core");
            using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);
            ProcessCore core = ProcessCore.Write(Machine.Live, directory, path, null, freeze, CancellationToken.None);
            File.Delete(path);

            Assert.Equal((1, 0), (core.Threads, core.ThreadsWithoutRegisters));
            Assert.False(_child.HasExited);
        }

        await isOver.CancelAsync();
        // The end of each of them was noticed, too.
        await others.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        _child.Kill();
        Assert.True(_child.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.Equal(128 + 9, _child.ExitCode);
    }

    [Fact]
    public void The_end_of_a_child_is_noticed_that_is_killed_while_it_is_held()
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);
        using (ThreadHold.Take(Machine.Live, directory, _child.Id))
        {
            _child.Kill();
            Assert.True(_child.WaitForExit(TimeSpan.FromMinutes(1)));
        }
        Assert.Equal(128 + 9, _child.ExitCode);
    }
}
