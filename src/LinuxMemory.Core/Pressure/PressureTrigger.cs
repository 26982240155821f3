using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// What the kernel watches for: so much time lost waiting for memory within a window of time. It tells at once, and at most once
/// in a window. Source: Documentation/accounting/psi.rst, since 5.2.
/// </summary>
public sealed record PressureTrigger
{
    private static readonly TimeSpan UsualWindow = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromSeconds(10);

    /// <summary>Whose waiting counts.</summary>
    public PressureKind Kind { get; init; }

    /// <summary>The time lost that fires the trigger; longer than zero and at most the window.</summary>
    public required TimeSpan Stall { get; init; }

    /// <summary>The time within which it must be lost: 0.5 to 10 seconds, and a multiple of 2 seconds without CAP_SYS_RESOURCE.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>The shortest window that needs no privilege and holds a stall: 2, 4, 6, 8 or 10 seconds.</summary>
    public static TimeSpan WindowFor(TimeSpan stall) =>
        stall <= UsualWindow ? UsualWindow
        : stall >= LongestWindow ? LongestWindow
        : TimeSpan.FromSeconds(2 * Math.Ceiling(stall.TotalSeconds / 2));

    /// <summary>Sleeps until the trigger fires, for the machine or for a cgroup of version 2; null when the time is over before.</summary>
    /// <returns>The pressure at that moment.</returns>
    /// <exception cref="KernelException">The kernel does not measure pressure, there is no such group, or the trigger is refused.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public MemoryPressure? Wait(Machine machine, string? group, TimeSpan? timeout, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(machine);
        (string path, string scope) = group is null ? (PressureFile.OfMachine, PressureFile.MachineScope) : CgroupPressure.FileOf(machine, group);
        TimeSpan before = Total(PressureFile.Read(machine, path, scope));
        MemoryPressure? seen = null;
        bool fired = machine.Calls.WaitForPressure(machine.Locate(path), ToString(), IsSo, timeout, stopping);
        stopping.ThrowIfCancellationRequested();
        return fired ? seen ?? PressureFile.Read(machine, path, scope) : null;

        // Since 6.4 the kernel counts for who has no CAP_SYS_RESOURCE from a wrong beginning (psi_trigger_create takes the total of
        // the other kind of triggers), and the first small stall fires any trigger. What was lost since the last event tells.
        bool IsSo()
        {
            seen = PressureFile.Read(machine, path, scope);
            TimeSpan lost = Total(seen) - before;
            before = Total(seen);
            return lost >= Stall;
        }
    }

    private TimeSpan Total(MemoryPressure pressure) => (Kind == PressureKind.Full ? pressure.FullTotal : null) ?? pressure.SomeTotal;

    /// <summary>The trigger as the kernel takes it: "some 150000 2000000", in microseconds.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(Kind == PressureKind.Full ? "full" : "some")} {Stall.Ticks / TimeSpan.TicksPerMicrosecond} {Window.Ticks / TimeSpan.TicksPerMicrosecond}");
}

/// <summary>Whose waiting for memory counts as pressure.</summary>
public enum PressureKind
{
    /// <summary>At least one task waits.</summary>
    Some,

    /// <summary>All tasks that could run wait.</summary>
    Full,
}
