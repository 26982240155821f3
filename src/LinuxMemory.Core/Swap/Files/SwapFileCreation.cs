using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// A new swap file: made, proven, enabled and named in fstab, all or nothing. Taking it back takes it out of use, out of fstab
/// and off the disk.
/// </summary>
public sealed record SwapFileCreation : PlannedChange
{
    /// <summary>The file's absolute path on the machine, without links.</summary>
    public required string Path { get; init; }

    /// <summary>The file's bytes, in whole pages.</summary>
    public required long Size { get; init; }

    /// <summary>The UUID in the header.</summary>
    public required string Uuid { get; init; }

    /// <summary>The label in the header; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>The priority, 0 to 32767; null lets the kernel choose.</summary>
    public int? Priority { get; init; }

    /// <summary>When the device is told what is free.</summary>
    public SwapDiscard Discard { get; init; }

    /// <summary>True takes it into use.</summary>
    public bool Enables { get; init; } = true;

    /// <summary>True adds a line to fstab.</summary>
    public bool Persists { get; init; }

    /// <summary>True leaves nothing free on the file system.</summary>
    [JsonIgnore]
    public bool UsesReserve { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override ChangeScope Scope => ChangeScope.Persistent;

    /// <inheritdoc />
    [JsonIgnore]
    public override string? PersistedTo => Target;

    /// <inheritdoc />
    [JsonIgnore]
    public override bool IsNeeded => true;

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => new SwapFileRemoval
    {
        Target = Target,
        Setting = Setting,
        OldValue = NewValue,
        NewValue = null,
        Path = Path,
        FstabBack = FstabBack,
        Again = this with { FstabBack = null, UsesReserve = false, Watch = ChangeWatch.None },
    };

    /// <inheritdoc />
    [JsonIgnore]
    public override string Action => Sentence ?? $"Create the {Setting} of {ByteText.Of(Size)} again{(Enables ? " and take it into use" : "")}";

    /// <summary>The line of fstab that it had before it was removed; null for the usual one.</summary>
    [JsonInclude]
    internal string? FstabLine { get; init; }

    [JsonInclude]
    internal FileTextChange? FstabBack { get; init; }

    /// <summary>Plans a new file, when the place can hold it.</summary>
    /// <exception cref="SwapRefusedException">It cannot, or something is there.</exception>
    /// <exception cref="FormatException">The label does not fit.</exception>
    /// <exception cref="KernelException">The directory is absent or denied.</exception>
    public static SwapFileCreation Plan(Machine machine, SwapFileRequest request)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(request);
        SwapHeader.LabelBytes(request.Label);
        using SwapPlace place = SwapPlace.Open(machine, request.Path);
        long size = SwapFileCheck.RequireSize(machine, place.Path, request.Size);
        SwapFileCheck.RequireFree(machine, place);
        SwapFileSystem system = SwapFileCheck.Require(machine, place, size, request.UsesReserve);
        string uuid = Guid.NewGuid().ToString();
        SwapFileCreation plan = new()
        {
            Target = machine.Locate(place.Path.TrimStart('/')),
            Setting = SwapFile.SettingOf(place.Path),
            NewValue = SwapFile.ValueOf(size, uuid),
            Path = place.Path,
            Size = size,
            Uuid = uuid,
            Label = request.Label,
            Priority = request.Priority,
            Discard = request.Discard,
            Enables = request.Enables,
            Persists = request.Persists,
            UsesReserve = request.UsesReserve,
        };
        using Work work = new(machine, plan);
        return plan with
        {
            Sentence = SwapTransaction.Describe($"Create the {plan.Setting} of {ByteText.Of(size)}", work.Steps(system)),
            Caution = SwapFileCheck.CautionOf(machine, place),
        };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine) => SwapFile.ReadValue(machine, Path);

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using Work work = new(machine, this);
        SwapFileSystem system = work.Check();
        SwapTransaction.Run(Watch, $"Creating {Path}", work.Steps(system));
        return this with { NewValue = ReadValue(machine), FstabBack = work.FstabBack };
    }

    private sealed class Work(Machine machine, SwapFileCreation plan) : IDisposable
    {
        private readonly SwapDraft _draft = new(machine, SwapHeader.For(plan.Size, machine.Calls.PageSize, plan.Uuid, plan.Label), plan.Size, plan.Watch);
        private SwapPlace? _place;
        private SwapAreaHold? _area;

        public FileTextChange? FstabBack { get; private set; }

        private FstabEntry Entry => plan.FstabLine is not null && FstabFile.TryParseLine(plan.FstabLine) is FstabEntry was
            ? was : FstabEntry.ForSwap(plan.Path, plan.Priority, plan.Discard);

        public SwapFileSystem Check()
        {
            _place = SwapPlace.OpenResolved(machine, plan.Path);
            SwapFileCheck.RequireFree(machine, _place);
            return SwapFileCheck.Require(machine, _place, plan.Size, plan.UsesReserve);
        }

        public List<SwapStep> Steps(SwapFileSystem system)
        {
            List<SwapStep> steps = [.. _draft.Making(() => _place!, system), _draft.Naming(() => _place!, plan.Path)];
            if (plan.Enables)
            {
                string priority = plan.Priority is int value ? $" with priority {value}" : "";
                steps.Add(new SwapStep($"take it into use{priority}", Enable, () => _area?.TakeBack()));
                steps.Add(new SwapStep("read it back from /proc/swaps", () => _area!.RequireInUse()));
            }
            if (plan.Persists)
            {
                steps.Add(new SwapStep($"add the line '{Entry.ToLine()}' to {machine.Locate(FstabFile.FilePath)}", Persist, () => FstabBack?.Apply(machine)));
            }
            return steps;
        }

        public void Dispose()
        {
            _area?.Dispose();
            _draft.Dispose();
            _place?.Dispose();
        }

        private void Enable()
        {
            // The file under its name, so that /proc/swaps shows that; the one that was made, so that no other is enabled.
            KernelFile file = _place!.OpenFile(writes: true);
            _area = new SwapAreaHold(machine, file, plan.Path);
            if (!FileCalls.IsNamed(_draft.File, _place.Directory, _place.Name) || !FileCalls.AreSame(file, _draft.File))
            {
                throw new SwapRefusedException(SwapProblem.PlaceUnsuitable, Errno.EBUSY, plan.Path, $"{plan.Path} became another file than the one that was made, so it is not taken into use.");
            }
            _area.Enable(plan.Priority, plan.Discard);
        }

        private void Persist()
        {
            ConfigLineChange change = FstabChange.Add(machine, Entry);
            if (change.IsNeeded)
            {
                FstabBack = (FileTextChange?)change.Apply(machine).Reverse;
            }
        }
    }
}
