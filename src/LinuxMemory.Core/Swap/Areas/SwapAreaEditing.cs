using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A change of a swap area's header or priority at work: what it holds, and its steps.</summary>
internal sealed class SwapAreaEditing(Machine machine, SwapAreaEdit plan, string path) : IDisposable
{
    private readonly List<FileTextChange> _fstabBack = [];
    private SwapAreaHold? _area;
    private ActiveSwap? _active;
    private byte[]? _names;
    private bool _isDisabled;

    /// <summary>What puts fstab back.</summary>
    public IEnumerable<FileTextChange> FstabBack => Enumerable.Reverse(_fstabBack);

    public ActiveSwap? Hold()
    {
        _area = SwapAreaUse.Hold(machine, path);
        SwapAreaCheck.RequireUsable(machine, _area.File, SwapAreaCheck.RequireHeader(_area.File, path), path);
        _active = _area.State;
        if (_active is not null && !plan.SkipsFit && plan.OldValue != plan.NewValue)
        {
            SwapFit.Require(machine, _active);
        }
        return _active;
    }

    public List<SwapStep> Steps(ActiveSwap? active)
    {
        int? before = active?.Priority >= 0 ? active.Priority : null;
        bool changesHeader = plan.Before is null || (plan.Before.Uuid, plan.Before.Label) != (plan.Uuid, plan.Label);
        bool isReenabled = active is not null && (changesHeader || before != plan.Priority);
        List<SwapStep> steps = [];
        if (isReenabled)
        {
            steps.Add(new SwapStep($"take it out of use, which brings {ByteText.Of(active!.Used)} back to memory", Disable, () => EnableAgain(before)));
        }
        if (changesHeader)
        {
            steps.Add(new SwapStep($"write UUID {plan.Uuid ?? "none"} and label '{plan.Label}' into its header", () => WriteNames(SwapHeader.UuidBytes(plan.Uuid), SwapHeader.LabelBytes(plan.Label)), PutNamesBack));
        }
        if (isReenabled)
        {
            string how = (plan.Priority is int value ? $" with priority {value}" : "") + (Discard == SwapDiscard.None ? "" : $", discards as before ({Discard})");
            steps.Add(new SwapStep($"take it into use{how}", () => _area!.Enable(plan.Priority, Discard), () => _area!.TakeBack()));
            steps.Add(new SwapStep("read it back from /proc/swaps", () => _area!.RequireInUse()));
        }
        steps.AddRange(FstabSteps());
        return steps;
    }

    public void Dispose() => _area?.Dispose();

    private SwapDiscard Discard => plan.Discard ?? SwapDiscard.None;

    private IEnumerable<SwapStep> FstabSteps()
    {
        string file = machine.Locate(FstabFile.FilePath);
        if (plan.FstabLines is not null)
        {
            return plan.FstabLines.Select(line => new SwapStep($"put a line of {file} back", () => Change(line), PutFstabBack));
        }
        return from entry in FstabFile.Read(machine, _ => { })
               where entry.IsSwap && IsAboutArea(entry)
               let changed = Changed(entry)
               where changed != entry
               select new SwapStep($"change '{entry.ToLine()}' to '{changed.ToLine()}' in {file}", () => Exchange(entry, changed), PutFstabBack);
    }

    private bool IsAboutArea(FstabEntry entry) => entry.Names.Resolve(machine) == path || entry.Names switch
    {
        { Kind: FstabSourceKind.Uuid, Value: string uuid } => uuid.Equals(plan.Before?.Uuid, StringComparison.OrdinalIgnoreCase),
        { Kind: FstabSourceKind.Label, Value: string label } => label == plan.Before?.Label,
        _ => false,
    };

    // A line that names the area by what it loses would fail at the next boot.
    private FstabEntry Changed(FstabEntry entry)
    {
        string source = entry.Names.Kind switch
        {
            FstabSourceKind.Uuid when plan.Uuid is not null => $"UUID={plan.Uuid}",
            FstabSourceKind.Label => plan.Label is not null ? $"LABEL={plan.Label}" : plan.Uuid is not null ? $"UUID={plan.Uuid}" : entry.Source,
            _ => entry.Source,
        };
        IEnumerable<string> others = entry.Options.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(option => !option.StartsWith("pri=", StringComparison.Ordinal));
        string options = plan.Persists && plan.Priority is int priority && entry.Priority != priority ? string.Join(',', others.Append($"pri={priority}")) : entry.Options;
        return source == entry.Source && options == entry.Options ? entry : entry with { Source = source, Options = options };
    }

    private void Exchange(FstabEntry entry, FstabEntry changed)
    {
        string line = changed.ToLine();
        Change(new ConfigLineChange
        {
            Path = FstabFile.FilePath,
            Target = machine.Locate(FstabFile.FilePath),
            Setting = $"fstab {entry.Source}",
            Owns = text => FstabFile.TryParseLine(text) is FstabEntry found && found.IsSwap && found.Names == entry.Names,
            Line = line,
        }.Planned(machine));
    }

    private void Change(PlannedChange change)
    {
        if (change.IsNeeded && change.Apply(machine).Reverse is FileTextChange back)
        {
            _fstabBack.Add(back);
        }
    }

    private void PutFstabBack()
    {
        foreach (FileTextChange back in FstabBack.ToArray())
        {
            back.Apply(machine);
        }
        _fstabBack.Clear();
    }

    private void Disable()
    {
        _area!.Disable(plan.Watch);
        _isDisabled = true;
    }

    private void EnableAgain(int? priority)
    {
        if (_isDisabled)
        {
            SwapAreaCalls.Enable(machine, _area!.File, path, priority, Discard);
        }
    }

    // UUID and label stand side by side, in one sector: both are written, or none.
    private void WriteNames(byte[] uuid, byte[] label)
    {
        byte[] before = new byte[uuid.Length + label.Length];
        FileCalls.ReadAt(_area!.File, before, SwapHeader.UuidOffset);
        _names = before;
        Write([.. uuid, .. label]);
    }

    private void PutNamesBack()
    {
        if (_names is not null)
        {
            Write(_names);
        }
    }

    private void Write(byte[] names)
    {
        using KernelFile file = FileCalls.Open(_area!.File.PathOfItself, OpenFlags.ReadWrite, path);
        FileCalls.WriteAt(file, names, SwapHeader.UuidOffset);
        FileCalls.Sync(file);
    }
}
