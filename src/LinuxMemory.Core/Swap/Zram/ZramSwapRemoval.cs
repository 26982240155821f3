using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Swap on a zram device taken out of use, and the device removed. Taking it back makes one of the same kind.</summary>
public sealed record ZramSwapRemoval : PlannedChange
{
    /// <summary>The device's number.</summary>
    public required int Id { get; init; }

    /// <summary>True does not look whether what is in the area fits into memory.</summary>
    [JsonIgnore]
    public bool SkipsFit { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => Again is null ? null : Again with { OldValue = null, NewValue = OldValue };

    /// <inheritdoc />
    [JsonIgnore]
    public override string Action => Sentence ?? $"Take /dev/zram{Id} out of use, bring what is in it back to memory, and remove it";

    /// <summary>Makes it again.</summary>
    [JsonInclude]
    internal ZramSwapCreation? Again { get; init; }

    private string Path => $"/dev/zram{Id}";

    /// <summary>Plans to remove a device with its swap.</summary>
    /// <exception cref="SwapRefusedException">There is no swap on it, or what is in it does not fit into memory.</exception>
    /// <exception cref="KernelException">There is no such device, or it is denied.</exception>
    public static ZramSwapRemoval Plan(Machine machine, string name, bool skipsFit)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ZramDevice device = ZramDevice.Read(machine, name);
        using SwapAreaHold area = SwapAreaUse.Hold(machine, device.Path);
        SwapHeader header = SwapAreaCheck.RequireHeader(area.File, device.Path);
        ActiveSwap? active = area.State;
        ZramSwapRemoval plan = new()
        {
            Target = device.Path,
            Setting = $"swap on {device.Path}",
            OldValue = SwapFile.ValueOf(header.Size, header.Uuid),
            Id = device.Id,
            SkipsFit = skipsFit,
            Again = new ZramSwapCreation
            {
                Target = device.Path,
                Setting = $"swap on {device.Path}",
                Size = header.Size,
                Algorithm = device.Algorithm,
                MemoryLimit = device.MemLimit,
                Priority = active?.Priority is int priority and >= 0 ? priority : 0,
                Uuid = header.Uuid ?? Guid.NewGuid().ToString(),
            },
        };
        if (active is not null && !skipsFit)
        {
            SwapFit.Require(machine, active);
        }
        using Work work = new(machine, plan);
        return plan with { Sentence = SwapTransaction.Describe($"Remove the {plan.Setting} ({plan.OldValue})", work.Steps(active)) };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine) => ValueAt(machine, Id);

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using Work work = new(machine, this);
        SwapTransaction.Run(Watch, $"Removing {Path}", work.Steps(work.Hold()));
        return this with { NewValue = ReadValue(machine) };
    }

    internal static string? ValueAt(Machine machine, int id)
    {
        try
        {
            using SwapAreaHold area = SwapAreaUse.Hold(machine, $"/dev/zram{id}");
            return SwapHeader.Read(area.File) is SwapHeader header ? SwapFile.ValueOf(header.Size, header.Uuid) : "no swap";
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return null;
        }
        catch (KernelFormatException)
        {
            return "no swap";
        }
    }

    private sealed class Work(Machine machine, ZramSwapRemoval plan) : IDisposable
    {
        private SwapAreaHold? _area;
        private ActiveSwap? _disabled;

        public ActiveSwap? Hold()
        {
            _area = SwapAreaUse.Hold(machine, plan.Path);
            SwapAreaCheck.RequireHeader(_area.File, plan.Path);
            ActiveSwap? active = _area.State;
            if (active is not null && !plan.SkipsFit)
            {
                SwapFit.Require(machine, active);
            }
            return active;
        }

        public List<SwapStep> Steps(ActiveSwap? active)
        {
            List<SwapStep> steps = [];
            if (active is not null)
            {
                steps.Add(new($"take it out of use, which brings {ByteText.Of(active.Used)} back to memory", () => Disable(active), EnableAgain));
            }
            steps.Add(new($"remove the device {plan.Path}", Remove));
            return steps;
        }

        public void Dispose() => _area?.Dispose();

        private void Disable(ActiveSwap active)
        {
            _area!.Disable(plan.Watch);
            _disabled = active;
        }

        private void EnableAgain()
        {
            if (_disabled is not null)
            {
                using SwapAreaHold area = SwapAreaUse.Hold(machine, plan.Path);
                area.Enable(_disabled.Priority >= 0 ? _disabled.Priority : null, SwapDiscard.None);
            }
        }

        // An open device cannot be removed.
        private void Remove()
        {
            _area!.Dispose();
            machine.Calls.RemoveZram(plan.Id);
        }
    }
}
