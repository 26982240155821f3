using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Undo-MemoryChange: takes changes back, newest first, and records that as changes of their own.</summary>
[Cmdlet(VerbsCommon.Undo, "MemoryChange", SupportsShouldProcess = true, DefaultParameterSetName = ById)]
[OutputType(typeof(MemoryChange))]
public sealed class UndoMemoryChangeCommand : ChangeCmdlet
{
    private const string ById = "Id";
    private const string ByObject = "InputObject";
    private const string ByCount = "Last";

    private readonly List<long> _ids = [];

    // Under -WhatIf, what the changes that were said would have left: older changes of the same setting are said as of then.
    private readonly Dictionary<(string Target, string Setting), string?> _said = [];

    /// <summary>The numbers of the changes.</summary>
    [Parameter(ParameterSetName = ById, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ChangeIdCompleter))]
    public long[]? Id { get; set; }

    /// <summary>Changes from Get-MemoryChange or -PassThru.</summary>
    [Parameter(ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true)]
    public MemoryChange[]? InputObject { get; set; }

    /// <summary>How many of the newest changes that are still in effect.</summary>
    [Parameter(ParameterSetName = ByCount, Mandatory = true)]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; }

    /// <summary>Take a change back also when the setting is no longer what the change left.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        _ids.AddRange(Id ?? []);
        _ids.AddRange(InputObject?.Select(change => change.Id) ?? []);
    }

    /// <inheritdoc />
    protected override void End()
    {
        IReadOnlyList<MemoryChange> journal = ChangeList.Read(Machine, Shell);
        if (Last > 0)
        {
            // An undo cannot be undone in this way, so that the same command walks back step by step.
            _ids.AddRange(journal.Where(change => change.CanUndo).Select(change => change.Id).TakeLast(Last));
        }
        HashSet<long> chosen = [.. _ids];
        foreach (long id in chosen.OrderDescending())
        {
            MemoryChange? change = journal.FirstOrDefault(change => change.Id == id);
            if (change is null)
            {
                Shell.Error(ChangeList.NotFound(id));
            }
            else if (change.Undoes is not long undone || !chosen.Contains(undone))
            {
                // A change and its undo, both chosen, are what is there already.
                PerItem(change, () => TakeBack(change, journal));
            }
        }
    }

    private void TakeBack(MemoryChange change, IReadOnlyList<MemoryChange> journal)
    {
        if (change.IsUndone)
        {
            Shell.Verbose($"Change {change.Id} of {change.Setting} has been taken back already.");
            return;
        }
        PlannedChange? reverse = ChangeJournal.WayBack(change);
        if (reverse is null || ChangeJournal.Of(Machine).IsPast(change))
        {
            throw Refuse(ErrorIds.ChangeNotUndoable, change, reverse is null
                ? "nothing takes that back"
                : "it lasted until a restart, and the machine has restarted since");
        }
        string? now = _said.TryGetValue((reverse.Target, reverse.Setting), out string? said) ? said : reverse.ReadValue(Machine);
        bool isAsLeft = KernelValue.AreSame(now, reverse.OldValue)
            // Somebody else may have set it back; of what persists the value does not say all.
            || ((change.State == ChangeState.Begun || change.Scope == ChangeScope.Runtime) && KernelValue.AreSame(now, reverse.NewValue));
        if (!isAsLeft && !IsOn(Force))
        {
            MemoryChange? newer = journal.LastOrDefault(other => other is { State: ChangeState.Applied, CanUndo: true } && other.Id > change.Id
                && (other.Target, other.Setting) == (change.Target, change.Setting) && KernelValue.AreSame(now, other.NewValue));
            throw Refuse(ErrorIds.ChangedSince, change,
                $"it left {reverse.OldValue ?? "nothing"} and there is {now ?? "nothing"} now, "
                + (newer is null ? "which somebody else wants. " : $"which change {newer.Id} made. Take that back first, or ")
                + $"{(newer is null ? "Add" : "add")} -Force to set {reverse.NewValue ?? "nothing"} all the same");
        }
        if (TakeBack(reverse with { OldValue = now }, change.Id) is null && Shell.IsForecast)
        {
            _said[(reverse.Target, reverse.Setting)] = reverse.NewValue;
        }
    }

    private static MemoryErrorException Refuse(string id, MemoryChange change, string reason) => new(ErrorRecords.Make(
        id, ErrorCategory.InvalidOperation, $"Change {change.Id} of {change.Setting} ({change.Target}) is not taken back: {reason}.", change));
}
