using System.Diagnostics;
using System.Management.Automation;

namespace LinuxMemory.Engine.Tests;

public sealed class EngineTests : IDisposable
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void The_module_exports_cmdlets_alone()
    {
        IReadOnlyList<PSObject> commands = _engine.Run("Get-Command -Module LinuxMemory").Output;

        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.IsType<CmdletInfo>(command.BaseObject));
    }

    [Fact]
    public void Objects_have_the_types_and_properties_that_scripts_use()
    {
        PSObject memory = Assert.Single(_engine.Run("Get-MemInfo").Output);

        Assert.Equal("LinuxMemory.MemInfo", memory.TypeNames[0]);
        Assert.True(Assert.IsType<long>(memory.Properties["MemTotal"].Value) > 0);
        Assert.Equal(memory.Properties["MemTotal"].Value, memory.Properties["Total"].Value);
    }

    [Fact]
    public void Select_Object_First_stops_a_cmdlet_that_would_go_on_forever()
    {
        Stopwatch watch = Stopwatch.StartNew();

        Assert.Single(_engine.Run("Get-MemInfo -Continuous -SampleInterval 60 | Select-Object -First 1").Output);
        Assert.True(watch.Elapsed < AtOnce, $"took {watch.Elapsed}");
    }

    [Fact]
    public async Task Ctrl_C_ends_a_cmdlet_that_waits_for_its_next_sample()
    {
        using PowerShell shell = _engine.Pipeline("Get-MemInfo -Continuous -SampleInterval 60");
        using PSDataCollection<PSObject> output = [];
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        output.DataAdded += (_, _) => first.TrySetResult();
        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        await first.Task.WaitAsync(AtOnce, TestContext.Current.CancellationToken);

        await Task.Run(shell.Stop, TestContext.Current.CancellationToken).WaitAsync(AtOnce, TestContext.Current.CancellationToken);

        Assert.True(running.AsyncWaitHandle.WaitOne(AtOnce));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Single(output);
    }

    [Fact]
    public void An_error_carries_id_category_and_the_item_it_is_about()
    {
        const int never = int.MaxValue;

        (IReadOnlyList<PSObject> output, IReadOnlyList<ErrorRecord> errors) = _engine.Run($"Get-ProcessMemory -Id $PID, {never}");

        Assert.Equal(Environment.ProcessId, Assert.Single(output).Properties["Id"].Value);
        ErrorRecord error = Assert.Single(errors);
        Assert.StartsWith("ProcessNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal(never, error.TargetObject is PSObject wrapped ? wrapped.BaseObject : error.TargetObject);
    }

    [Fact]
    public void A_root_that_is_no_directory_ends_the_command()
    {
        (IReadOnlyList<PSObject> output, IReadOnlyList<ErrorRecord> errors) = _engine.Run("Get-MemInfo -Root /nowhere");

        Assert.Empty(output);
        Assert.StartsWith("RootInvalid,", Assert.Single(errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        (IReadOnlyList<PSObject> output, IReadOnlyList<ErrorRecord> errors) = _engine.Run("""
            if (Get-Command Set-OomScoreAdj -ErrorAction Ignore) {
                $before = Get-Content /proc/$PID/oom_score_adj
                Set-OomScoreAdj -Id $PID -Value 500 -WhatIf
                $before -eq (Get-Content /proc/$PID/oom_score_adj)
            }
            """);

        Assert.Empty(errors);
        Assert.All(output, same => Assert.Equal(true, same.BaseObject));
    }

    [Fact]
    public void Processes_come_down_the_pipeline_from_Get_Process()
    {
        PSObject memory = Assert.Single(_engine.Run("Get-Process -Id $PID | Get-ProcessMemory").Output);

        Assert.Equal(Environment.ProcessId, memory.Properties["Id"].Value);
    }
}
