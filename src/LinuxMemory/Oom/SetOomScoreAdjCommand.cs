using System.Globalization;
using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Set-OomScoreAdj: makes processes more or less likely to be killed when memory runs out.</summary>
[Cmdlet(VerbsCommon.Set, "OomScoreAdj", SupportsShouldProcess = true, DefaultParameterSetName = "Id")]
[OutputType(typeof(MemoryChange))]
public sealed class SetOomScoreAdjCommand : ProcessChangeCmdlet
{
    /// <summary>What is added, in thousandths of all memory: -1000 is never killed, 1000 is killed first.</summary>
    // The engine would ask for a mandatory one, and not say why "| Set-OomScoreAdj 500" lacks it.
    [Parameter(Position = 1)]
    [ValidateRange(-1000, 1000)]
    public int? Value { get; set; }

    /// <summary>Also the children of the processes, their children and so on, which would inherit it only at their start.</summary>
    [Parameter]
    public SwitchParameter IncludeChildren { get; set; }

    /// <summary>Also write it to a drop-in of the systemd unit that owns the process, for its next start.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    private OomCandidates? _candidates;
    private int _value;

    /// <inheritdoc />
    protected override void Begin() => _value = Value ?? throw Missing("Say -Value, for example Get-Process java | Set-OomScoreAdj -Value 500");

    /// <inheritdoc />
    protected override void ProcessMany(IReadOnlyList<ProcessTarget> processes)
    {
        RequireChoice();
        base.ProcessMany(processes);
    }

    /// <inheritdoc />
    protected override void ProcessOne(ProcessTarget process)
    {
        ArgumentNullException.ThrowIfNull(process);
        List<PlannedChange> changes = [Plan(process.Id)];
        if (IsOn(IncludeChildren))
        {
            foreach (int child in ProcessChildren.Of(Machine, process.Id))
            {
                PerProcess(new ProcessTarget(Machine, child), () => changes.Add(Plan(child)));
            }
        }
        if (IsOn(Persist))
        {
            changes.Add(InUnit(process));
        }
        Apply(changes);
    }

    // Says also what that does to its place among those who are killed first, after the changes planned before it.
    private OomScoreAdjChange Plan(int id)
    {
        OomScoreAdjChange change = OomScoreAdjChange.Plan(Machine, id, _value);
        try
        {
            OomCandidates before = _candidates ??= OomCandidates.Read(Machine, OomScope.Of(Machine));
            _candidates = before.With(id, _value);
            return change with { Sentence = $"{change.Action} ({OomText.Move(before.Ranked(), _candidates.Ranked(), id)})" };
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            Shell.Verbose($"The place among the candidates is not known: {e.Message}");
            return change;
        }
    }

    private ConfigLineChange InUnit(ProcessTarget process)
    {
        SystemdUnit unit = SystemdUnit.Of(Machine, process.Id);
        if (unit.Obstacle is not null)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.ProcessHasNoUnit, ErrorCategory.InvalidOperation,
                $"-Persist: nothing lasting can be set for process {process.Id}: {unit.Obstacle}. Nothing was changed; leave out -Persist to change the running process alone.", process.Item));
        }
        ConfigLineChange change = new ConfigLineChange
        {
            Path = unit.DropIn,
            Target = Machine.Locate(unit.DropIn),
            Setting = $"OOMScoreAdjust of {unit.Name}",
            Owns = line => line.TrimStart().StartsWith("OOMScoreAdjust=", StringComparison.Ordinal),
            Line = "OOMScoreAdjust=" + _value.ToString(CultureInfo.InvariantCulture),
            ValueOf = line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim(),
            Header = "# Written by LinuxMemory. Undo-MemoryChange takes it back.\n[Service]",
        }.Planned(Machine);
        return change with { Caution = $"systemd reads {change.Target} at 'systemctl daemon-reload' or when the machine starts, and uses it when {unit.Name} starts." };
    }
}
