using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-OomCandidate: whom the kernel would kill now if memory ran out, in order, on the machine or in a control group.</summary>
[Cmdlet(VerbsCommon.Get, "OomCandidate")]
[OutputType(typeof(OomCandidate))]
public sealed class GetOomCandidateCommand : MemoryCmdlet
{
    /// <summary>The groups that run out, such as system.slice/ssh.service; without it the whole machine.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Path")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CgroupCompleter))]
    public string[]? Cgroup { get; set; }

    /// <summary>Only so many of those who are killed first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = int.MaxValue;

    /// <summary>Also threads of the kernel, which are never chosen.</summary>
    [Parameter]
    public SwitchParameter IncludeKernelThread { get; set; }

    /// <inheritdoc />
    protected override void Begin()
    {
        if (ProcessList.HidesOthers(Machine))
        {
            Shell.Warn(ProcessCmdlet.OthersAreHidden);
        }
    }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        if (Cgroup is null)
        {
            WarnOfMachine();
            Write(OomScope.Of(Machine));
            return;
        }
        CgroupTree tree = CgroupErrors.TreeOf(Machine);
        foreach (string path in Cgroup)
        {
            PerItem(path, () => Write(ScopeOf(tree, path)));
        }
    }

    private OomScope ScopeOf(CgroupTree tree, string path)
    {
        string group = CgroupErrors.NameOf(tree.Hierarchy, path);
        try
        {
            OomScope scope = OomScope.Of(Machine, tree, group);
            WarnOfGroup(tree.Read(group), scope);
            return scope;
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            throw CgroupErrors.NotFound(tree.Hierarchy, path, e);
        }
    }

    private void Write(OomScope scope)
    {
        foreach (OomCandidate candidate in OomCandidates.Read(Machine, scope).Ranked(IsOn(IncludeKernelThread)).Take(First))
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            Shell.Write(candidate);
        }
    }

    private void WarnOfMachine()
    {
        if (Machine.TryReadNumber("proc/sys/vm/panic_on_oom") > 0)
        {
            Shell.Warn("vm.panic_on_oom is set: when the machine runs out of memory the kernel kills nobody, it panics.");
        }
        else if (Machine.TryReadNumber("proc/sys/vm/oom_kill_allocating_task") > 0)
        {
            Shell.Warn("vm.oom_kill_allocating_task is set: when the machine runs out of memory the kernel kills who asked for it, whatever its rank.");
        }
    }

    private void WarnOfGroup(CgroupMemory group, OomScope scope)
    {
        if (Machine.TryReadNumber("proc/sys/vm/panic_on_oom") > 1)
        {
            Shell.Warn("vm.panic_on_oom is 2: when a cgroup runs out of memory the kernel kills nobody, it panics.");
        }
        if (group.IsKillDisabled == true)
        {
            Shell.Warn($"{group.Path}: memory.oom_control says oom_kill_disable: the kernel kills nobody there, and who needs memory waits.");
        }
        if (scope.LimitedBy != group.Path)
        {
            Shell.Warn($"{group.Path} has no limit of its own. {(scope.LimitedBy is string above ? $"It runs out when {above} does" : "It runs out when the machine does")}, and then others are candidates, too.");
        }
    }
}
