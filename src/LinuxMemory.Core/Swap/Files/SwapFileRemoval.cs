using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A swap file taken out of use, out of fstab and off the disk. Taking it back makes one of the same size, UUID and label.</summary>
public sealed record SwapFileRemoval : PlannedChange
{
    /// <summary>The file's absolute path on the machine, without links.</summary>
    public required string Path { get; init; }

    /// <summary>True does not look whether what is in the area fits into memory.</summary>
    [JsonIgnore]
    public bool SkipsFit { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override ChangeScope Scope => ChangeScope.Persistent;

    /// <inheritdoc />
    [JsonIgnore]
    public override string? PersistedTo => Target;

    /// <inheritdoc />
    [JsonIgnore]
    public override bool IsNeeded => OldValue is not null;

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => Again is null ? null : Again with { OldValue = null, NewValue = OldValue };

    /// <inheritdoc />
    [JsonIgnore]
    public override string Action => Sentence ?? $"Take the {Setting} out of use where it is used, remove its line from fstab where it has one, and delete it";

    /// <summary>Makes it again.</summary>
    [JsonInclude]
    internal SwapFileCreation? Again { get; init; }

    /// <summary>Puts fstab back as it was before the file's line was added.</summary>
    [JsonInclude]
    internal FileTextChange? FstabBack { get; init; }

    /// <summary>Plans to remove a swap file.</summary>
    /// <exception cref="SwapRefusedException">It is no swap file, or what is in it does not fit into memory.</exception>
    /// <exception cref="KernelException">It is absent or denied.</exception>
    public static SwapFileRemoval Plan(Machine machine, string path, bool skipsFit)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using SwapPlace place = SwapPlace.OpenExisting(machine, path);
        using KernelFile file = place.OpenFile();
        SwapHeader header = SwapAreaCheck.RequireHeader(file, place.Path);
        ActiveSwap? active = SwapAreaCalls.Find(machine, place.Path);
        SwapFileRemoval plan = new()
        {
            Target = machine.Locate(place.Path.TrimStart('/')),
            Setting = SwapFile.SettingOf(place.Path),
            OldValue = SwapFile.ValueOf(header.Size, header.Uuid),
            Path = place.Path,
            SkipsFit = skipsFit,
        };
        if (active is null)
        {
            SwapFileHolder.RequireNone(machine, place, file);
        }
        else if (!skipsFit)
        {
            SwapFit.Require(machine, active);
        }
        using Work work = new(machine, plan);
        FstabEntry? line = work.Lines.Count > 0 ? work.Lines[^1] : null;
        return plan with
        {
            Sentence = SwapTransaction.Describe($"Remove the {plan.Setting} ({plan.OldValue})", work.Steps(active)),
            Caution = UnitOf(machine, place.Path) is SwapUnit unit ? $"The systemd unit {unit.File} names {place.Path} and stays: remove it, or it fails at the next boot." : null,
            Again = new SwapFileCreation
            {
                Target = plan.Target,
                Setting = plan.Setting,
                Path = plan.Path,
                Size = header.Size,
                Uuid = header.Uuid ?? Guid.NewGuid().ToString(),
                Label = header.Label,
                Priority = active?.Priority >= 0 ? active.Priority : null,
                Discard = active is null ? line?.Discard ?? SwapDiscard.None : SwapAreaDiscard.Of(machine, place.Path),
                Enables = active is not null,
                Persists = line is not null,
                FstabLine = line?.ToLine(),
            },
        };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine) => SwapFile.ReadValue(machine, Path);

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using Work work = new(machine, this);
        ActiveSwap? active = work.Hold();
        SwapTransaction.Run(Watch, $"Removing {Path}", work.Steps(active));
        return this with { NewValue = ReadValue(machine) };
    }

    private static SwapUnit? UnitOf(Machine machine, string path) =>
        ConfiguredSwap.Read(machine, _ => { }).FirstOrDefault(area => area.Unit is not null && area.Path == path)?.Unit;

    private sealed class Work(Machine machine, SwapFileRemoval plan) : IDisposable
    {
        private readonly Stack<FileTextChange> _fstabBack = new();
        private SwapPlace? _place;
        private SwapAreaHold? _area;
        private ActiveSwap? _disabled;

        /// <summary>The lines of fstab that name the file.</summary>
        public IReadOnlyList<FstabEntry> Lines { get; } = [.. FstabFile.Read(machine, _ => { })
            .Where(entry => entry.IsSwap && entry.Names.Resolve(machine) == plan.Path).DistinctBy(entry => entry.Source)];

        public ActiveSwap? Hold()
        {
            _place = SwapPlace.OpenResolved(machine, plan.Path);
            _area = new SwapAreaHold(machine, _place.OpenFile(), plan.Path);
            SwapHeader header = SwapAreaCheck.RequireHeader(_area.File, plan.Path);
            if (SwapFile.ValueOf(header.Size, header.Uuid) != plan.OldValue)
            {
                throw new SwapRefusedException(SwapProblem.AreaInvalid, Errno.EBUSY, plan.Path, $"{plan.Path} is another swap file now, so it is not removed.");
            }
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
                steps.Add(new SwapStep($"take it out of use, which brings {ByteText.Of(active.Used)} back to memory", Disable, EnableAgain));
            }
            foreach (FstabEntry line in Lines)
            {
                steps.Add(new SwapStep($"remove the line '{line.ToLine()}' from {machine.Locate(FstabFile.FilePath)}", () => RemoveLine(line), PutLineBack));
            }
            steps.Add(new SwapStep("delete it", Delete));
            return steps;
        }

        public void Dispose()
        {
            _area?.Dispose();
            _place?.Dispose();
        }

        private void Disable()
        {
            ActiveSwap before = _area!.RequireInUse();
            _area.Disable(plan.Watch);
            _disabled = before;
        }

        private void Delete()
        {
            try
            {
                _place!.Remove(_area!.File);
            }
            catch (KernelException e) when (e.Errno == Errno.EPERM)
            {
                throw SwapFileHolder.Explain(machine, _place!, _area!.File, e);
            }
        }

        private void EnableAgain()
        {
            if (_disabled is not null)
            {
                _area!.Enable(_disabled.Priority >= 0 ? _disabled.Priority : null, plan.Again?.Discard ?? SwapDiscard.None);
            }
        }

        // Where the line came with the file, fstab becomes what it was byte for byte.
        private void RemoveLine(FstabEntry line)
        {
            PlannedChange change = plan.FstabBack is FileTextChange back && back.ReadValue(machine) == back.OldValue
                ? back : FstabChange.Remove(machine, line);
            if (change.IsNeeded)
            {
                _fstabBack.Push((FileTextChange)change.Apply(machine).Reverse!);
            }
        }

        private void PutLineBack()
        {
            while (_fstabBack.TryPop(out FileTextChange? change))
            {
                change.Apply(machine);
            }
        }
    }
}
