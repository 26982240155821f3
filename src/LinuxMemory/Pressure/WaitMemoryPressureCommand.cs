using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Wait-MemoryPressure: sleeps until tasks lose too much time waiting for memory; the kernel watches, and wakes us.</summary>
[Cmdlet(VerbsLifecycle.Wait, "MemoryPressure")]
[OutputType(typeof(MemoryPressure))]
public sealed class WaitMemoryPressureCommand : MemoryCmdlet
{
    /// <summary>How much time must be lost within the window, such as 150ms; a number means seconds.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Duration]
    public TimeSpan Stall { get; set; }

    /// <summary>Within which time: 0.5 to 10 seconds, without privilege a multiple of 2 seconds. The default is the shortest such that holds the stall.</summary>
    [Parameter(Position = 1)]
    [Duration]
    public TimeSpan? Window { get; set; }

    /// <summary>Some: at least one task waits (the default). Full: all that could run wait.</summary>
    [Parameter]
    public PressureKind Kind { get; set; }

    /// <summary>Wait at most so long; without it as long as it takes.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? Timeout { get; set; }

    /// <summary>The path of a cgroup below the cgroup file system, such as system.slice; without it the whole machine.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Path")]
    [ValidateNotNullOrEmpty]
    public string? Cgroup { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        string scope = Cgroup ?? "System";
        PressureTrigger trigger = new() { Kind = Kind, Stall = Stall, Window = Window ?? PressureTrigger.WindowFor(Stall) };
        PerItem(scope, () =>
        {
            if (Wait(trigger, scope) is MemoryPressure pressure)
            {
                Shell.Write(pressure);
            }
            else
            {
                Shell.Verbose($"{scope}: the trigger '{trigger}' did not fire within {Timeout}.");
            }
        });
    }

    private MemoryPressure? Wait(PressureTrigger trigger, string scope)
    {
        try
        {
            return trigger.Wait(Machine, Cgroup, Timeout, Shell.Stopping);
        }
        catch (KernelException e) when (e.Errno == Errno.EINVAL && e.Operation.StartsWith("write", StringComparison.Ordinal))
        {
            throw PressureErrors.Refused(e, trigger, scope);
        }
        catch (KernelException e) when (Cgroup is not null && e is { Errno: Errno.ENODEV, Operation: "poll" })
        {
            throw PressureErrors.Gone(e, scope);
        }
        catch (KernelException e) when (e is not NeedsLiveMachineException)
        {
            throw PressureErrors.From(e, scope, Cgroup is not null);
        }
    }
}
