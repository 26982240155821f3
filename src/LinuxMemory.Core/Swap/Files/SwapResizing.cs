using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A resize at work: what it holds, and its steps.</summary>
internal sealed class SwapResizing(Machine machine, SwapFileResize plan) : IDisposable
{
    private const string Ending = "resize";

    private SwapPlace? _place;
    private SwapPlace? _second;
    private SwapAreaHold? _area;
    private SwapAreaHold? _stopgap;
    private SwapDraft? _draft;
    private SwapHeader? _before;
    private SwapFileSystem? _system;
    private ActiveSwap? _active;
    private long _fileSize;
    private bool _isDisabled;

    private int? Priority => _active?.Priority >= 0 ? _active.Priority : null;

    // Of the second area pages can go into the resized one.
    private ChangeWatch OnlyForward => new((activity, status, percent) =>
    {
        try
        {
            plan.Watch.Report(activity, status, percent);
        }
        catch (OperationCanceledException)
        {
            // The file has its new size: what is left is to clear up.
        }
    }, CancellationToken.None);

    /// <summary>Holds the file and makes sure that everything is there to resize it; for writing only when that is to be done.</summary>
    public void Hold(bool writes)
    {
        _place = SwapPlace.OpenResolved(machine, plan.Path);
        _area = new SwapAreaHold(machine, _place.OpenFile(writes), plan.Path);
        _before = SwapAreaCheck.RequireHeader(_area.File, plan.Path);
        if (SwapFile.ValueOf(_before.Size, _before.Uuid) != plan.OldValue)
        {
            throw new SwapRefusedException(SwapProblem.AreaInvalid, Errno.EBUSY, plan.Path, $"{plan.Path} is another swap file now, so its size is not changed.");
        }
        _fileSize = FileCalls.StatusOf(_area.File).Size;
        _active = _area.State;
        _second = _place.Beside(Ending);
        if (_second.IsTaken)
        {
            throw new SwapRefusedException(SwapProblem.Unfinished, Errno.EEXIST, plan.Path,
                $"{_second.Path} is there: another Resize-SwapFile runs right now, or was killed and left it. In that case Remove-SwapFile {_second.Path} removes it, and then this works.");
        }
        long growth = Math.Max(0, plan.Size - plan.OldSize);
        _system = SwapFileCheck.Require(machine, _place, growth + (_active is null ? 0 : plan.OldSize), plan.SkipsChecks);
        if (_active is not null && !plan.SkipsChecks)
        {
            SwapFit.Require(machine, _active, room: plan.Size);
        }
        _draft = new SwapDraft(machine, SwapHeader.For(plan.OldSize, machine.Calls.PageSize, Guid.NewGuid().ToString(), null), plan.OldSize, plan.Watch);
    }

    public List<SwapStep> Steps()
    {
        List<SwapStep> steps = [];
        if (_active is not null)
        {
            steps.AddRange(_draft!.Making(() => _second!, _system!).Select(step => step with { Text = $"for the time between: {step.Text}" }));
            steps.Add(_draft.Naming(() => _second!, _second!.Path));
            steps.Add(new SwapStep($"take that into use{InWords(Priority)}", EnableSecond, () => _stopgap?.TakeBack()));
            steps.Add(new SwapStep($"take {plan.Path} out of use, which brings {ByteText.Of(_active.Used)} back to memory", Disable, EnableAgain));
        }
        if (plan.Size > plan.OldSize)
        {
            steps.Add(new SwapStep($"allocate {ByteText.Of(plan.Size - plan.OldSize)} more for it",
                () => SwapBlocks.Allocate(machine, _area!.File, plan.OldSize, plan.Size, plan.Watch), () => FileCalls.Truncate(_area!.File, _fileSize)));
            steps.Add(new SwapStep("prove that no part of it is a hole, shared, inline or delayed", () => SwapBlocks.Prove(machine, _area!.File, plan.Size)));
            steps.Add(new SwapStep("write its header", () => WriteHeader(plan.Size), () => WriteHeader(plan.OldSize)));
        }
        else
        {
            steps.Add(new SwapStep("write its header", () => WriteHeader(plan.Size), () => WriteHeader(plan.OldSize)));
            steps.Add(new SwapStep($"cut {ByteText.Of(plan.OldSize - plan.Size)} off", () => FileCalls.Truncate(_area!.File, plan.Size), () =>
                SwapBlocks.Allocate(machine, _area!.File, plan.Size, plan.OldSize, ChangeWatch.None)));
        }
        if (_active is not null)
        {
            steps.Add(new SwapStep($"take it into use{InWords(Priority)}", () => _area!.Enable(Priority, plan.Discard), () => _area!.TakeBack()));
            steps.Add(new SwapStep("read it back from /proc/swaps", () => _area!.RequireInUse()));
        }
        return steps;
    }

    /// <summary>What is left to do once the file has its new size.</summary>
    public List<SwapStep> LastSteps() => _active is null ? [] : [new SwapStep($"take {_second!.Path} out of use", () => _stopgap!.Disable(OnlyForward)), new SwapStep("delete it", () => _second.Remove(_draft!.File))];

    /// <summary>Does that. Nothing stops it any more; what cannot be done is an error that says what is left.</summary>
    public void Finish()
    {
        try
        {
            LastSteps().ForEach(step => step.Do());
            plan.Watch.Finish($"Resizing {plan.Path}");
        }
        catch (KernelException e)
        {
            throw new SwapRefusedException(SwapProblem.Unfinished, e.Errno, plan.Path,
                $"{plan.Path} has its new size, and {_second!.Path}, which stood in for it, is left: {e.Message.TrimEnd('.')}. Remove-SwapFile {_second.Path} removes it when there is more memory.");
        }
    }

    public void Dispose()
    {
        _stopgap?.Dispose();
        _draft?.Dispose();
        _area?.Dispose();
        _second?.Dispose();
        _place?.Dispose();
    }

    private static string InWords(int? priority) => priority is int value ? $" with priority {value}" : "";

    private void EnableSecond()
    {
        _stopgap = new SwapAreaHold(machine, _second!.OpenFile(writes: true), _second.Path);
        _stopgap.Enable(Priority, SwapDiscard.None);
        _stopgap.RequireInUse();
    }

    private void Disable()
    {
        _area!.Disable(plan.Watch);
        _isDisabled = true;
    }

    private void EnableAgain()
    {
        if (_isDisabled)
        {
            SwapAreaCalls.Enable(machine, _area!.File, plan.Path, Priority, plan.Discard);
        }
    }

    // Before the file is cut, and after it has grown: the header never speaks of more than there is.
    private void WriteHeader(long size)
    {
        FileCalls.WriteAt(_area!.File, SwapHeader.For(size, machine.Calls.PageSize, _before!.Uuid, _before.Label).ToPage(), 0);
        FileCalls.Sync(_area.File);
    }
}
