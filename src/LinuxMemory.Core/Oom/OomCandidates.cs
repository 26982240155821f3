using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>All processes in the order in which the kernel would choose them, and those that it would never choose behind them.</summary>
public sealed class OomCandidates
{
    // What the smallest process scores since 5.9, and what few reach before.
    private const int LeastScaled = 666;

    private readonly Machine _machine;
    private readonly OomFormula _formula;
    private readonly OomScope _scope;
    private readonly OomScope _whole;
    private readonly List<OomProcess> _processes;
    private readonly Dictionary<string, string?> _killedAsOne = [];

    private OomCandidates(Machine machine, OomFormula formula, OomScope scope, OomScope whole, List<OomProcess> processes)
    {
        _machine = machine;
        _formula = formula;
        _scope = scope;
        _whole = whole;
        _processes = processes;
    }

    /// <summary>Reads all processes of a machine, or those of the scope's cgroup and of all below it. Who ends meanwhile is left out.</summary>
    /// <exception cref="KernelException">The machine has no proc directory.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static OomCandidates Read(Machine machine, OomScope scope)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(scope);
        OomFormula formula = OomFormula.Of(machine);
        return new OomCandidates(machine, formula, scope, scope.Cgroup is null ? scope : OomScope.Of(machine), OomProcess.ReadAll(machine, formula));
    }

    /// <summary>The processes, ranked.</summary>
    public IReadOnlyList<OomCandidate> Ranked(bool includeKernelThreads = false)
    {
        bool isScaled = IsScaled();
        List<OomCandidate> all = [.. _processes
            .Where(process => IsInScope(process) && (includeKernelThreads || !process.Stat.IsKernelThread))
            .Select(process => Judge(process, isScaled))];
        // Of equals the kernel takes the one it looks at last, which started last.
        OomCandidate[] chosen = [.. all.Where(candidate => candidate.Exemption == OomExemption.None)
            .OrderByDescending(candidate => candidate.IsOrigin).ThenByDescending(candidate => candidate.Badness)
            .ThenByDescending(candidate => candidate.StartTicks).ThenByDescending(candidate => candidate.Id)];
        long first = chosen.Length > 0 ? Math.Max(1, chosen.Max(candidate => candidate.Badness!.Value)) : 1;
        return [
            .. chosen.Select((candidate, i) => candidate with { Rank = i + 1, RelativePercent = Math.Clamp(100.0 * candidate.Badness!.Value / first, 0, 100) }),
            .. all.Where(candidate => candidate.Exemption != OomExemption.None).OrderBy(candidate => candidate.Exemption).ThenBy(candidate => candidate.Id)];
    }

    /// <summary>The same as if a process had another oom_score_adj. Nothing is changed on the machine.</summary>
    public OomCandidates With(int id, int adjustment) => new(_machine, _formula, _scope, _whole,
        _processes.ConvertAll(process => process.Stat.Id == id
            ? process with { Adjustment = adjustment, Score = process is { Score: 0, Adjustment: <= -998 } ? LeastScaled : process.Score }
            : process));

    private bool IsInScope(OomProcess process) => _scope.Cgroup is not string group
        || (process.Cgroup is string own && (own == group || own.StartsWith(group.TrimEnd('/') + "/", StringComparison.Ordinal)));

    // Since 5.9 scores go from 0 to 2000, and an unadjusted process has 667 or more. Before, they begin at 0.
    private bool IsScaled()
    {
        int[] scores = [.. _processes.Where(process => process is { HasMemory: true, Adjustment: >= 0, Stat.Id: > 1 }).Select(process => process.Score >= LeastScaled ? 1 : 0)];
        return scores.Length > 0 && scores.Sum() * 4 > scores.Length;
    }

    private OomCandidate Judge(OomProcess process, bool isScaled)
    {
        OomExemption exemption = ExemptionOf(process, isScaled);
        long badness = BadnessOf(process, _scope);
        bool isCandidate = exemption == OomExemption.None;
        return new OomCandidate
        {
            Id = process.Stat.Id,
            Name = process.Name,
            Badness = isCandidate ? badness : null,
            BadnessPercent = isCandidate ? 100.0 * badness / _scope.TotalPages : null,
            Rss = process.RssPages * _scope.PageSize,
            Swap = process.Swap,
            PageTables = process.PageTables,
            OomScoreAdj = process.Adjustment,
            Adjustment = _scope.TotalPages / 1000 * process.Adjustment * _scope.PageSize,
            OomScore = process.Score,
            Total = _scope.Total,
            Cgroup = process.Cgroup,
            KilledWith = isCandidate ? KilledWith(process.Cgroup) : null,
            Exemption = exemption,
            IsOrigin = process.IsOrigin,
            Why = OomWhy.Of(process, exemption, _scope, _formula),
            StartTicks = process.Stat.StartTicks,
        };
    }

    private long BadnessOf(OomProcess process, OomScope scope) =>
        _formula.Badness(process.UsedPages(scope.PageSize), process.Adjustment, scope.TotalPages, process.IsSpared);

    private OomExemption ExemptionOf(OomProcess process, bool isScaled)
    {
        return process.Stat.IsKernelThread ? OomExemption.KernelThread
            : process.Stat.Id == 1 && process.Score == 0 ? OomExemption.Init
            : !process.HasMemory ? OomExemption.NoMemory
            : process.Adjustment == OomScoreAdjChange.Never ? OomExemption.OomScoreAdj
            // The kernel's own answer is 0 where by its numbers it would not be.
            : !isScaled || process.Score > 0 || OomBadness.Score(BadnessOf(process, _whole), _whole.TotalPages) < 2 ? OomExemption.None
            : SharesParentMemory(process) ? OomExemption.SharesParentMemory : OomExemption.MemoryGivenBack;
    }

    private bool SharesParentMemory(OomProcess process) => _processes.Any(parent => parent.Stat.Id == process.Stat.ParentId
        && parent.Stat.VirtualSize == process.Stat.VirtualSize && parent.Stat.StartStack == process.Stat.StartStack && parent.Stat.StartBrk == process.Stat.StartBrk);

    // As mem_cgroup_get_oom_group(): of the groups up to the one that runs out, the highest that asks for it. Version 2, since 4.19.
    private string? KilledWith(string? group)
    {
        if (group is null)
        {
            return null;
        }
        if (!_killedAsOne.TryGetValue(group, out string? found))
        {
            if (CgroupHierarchy.OfMemory(_machine) is { Version: 2 } hierarchy)
            {
                for (string? at = group; at is not null; at = at == _scope.Cgroup ? null : hierarchy.ParentOf(at))
                {
                    found = _machine.TryReadNumber($"{hierarchy.DirectoryOf(at)}/memory.oom.group") == 1 ? at : found;
                }
            }
            _killedAsOne[group] = found;
        }
        return found;
    }
}
