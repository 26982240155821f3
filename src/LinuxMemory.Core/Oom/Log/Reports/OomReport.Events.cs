namespace LinuxMemory;

internal sealed partial class OomReport
{
    /// <summary>The kills of the report: one event each, but one for a group. None for what turned out to be no report.</summary>
    public IEnumerable<OomEvent> ToEvents(int defaultPageSize)
    {
        bool isOne = IsDone || _invocation is not null || _summary is not null || _choice is not null;
        if (!isOne)
        {
            yield break;
        }
        int pageSize = _memory.PageSize ?? PageSizeOfVictim() ?? defaultPageSize;
        OomEvent report = Describe(pageSize);
        List<IGrouping<int, Kill>> killed = [.. _kills.GroupBy(kill => kill.Line.Id)];
        if (killed.Count == 0 || _isGroup)
        {
            yield return WithVictims(report, killed);
            yield break;
        }
        foreach (IGrouping<int, Kill> kill in killed)
        {
            yield return WithVictims(report, [kill]);
        }
    }

    private OomEvent Describe(int pageSize)
    {
        OomEventScope? scope = _summary?.Scope ?? (_limitOf is not null || _isGroup ? OomEventScope.Cgroup : _choice?.Scope ?? (_kills.Count > 0 ? _kills[0].Line.Scope : null));
        IReadOnlyList<string> flags = _invocation?.FlagsFor(_release) ?? [];
        return new OomEvent
        {
            Time = _firstTime,
            IsTimeEstimated = _isEstimated,
            SinceBoot = Span(_firstUptime),
            Outcome = _outcome,
            Scope = scope ?? (_invocation is not null && !_memory.IsEmpty ? OomEventScope.System : null),
            Constraint = _summary?.Constraint,
            Cgroup = _summary?.Cgroup ?? _limitOf ?? (_kills.Count > 0 ? _kills[0].Line.Container : null),
            TaskCgroup = _summary?.TaskCgroup ?? _taskCgroup,
            Invoker = _invocation?.Name,
            InvokerId = _invokerId,
            InvokerOomScoreAdj = _invocation?.OomScoreAdj,
            Order = _invocation?.Order,
            GfpMask = _invocation?.Mask is ulong mask ? LogText.Hex(mask) + (flags.Count > 0 ? $"({string.Join('|', flags)})" : "") : null,
            GfpFlags = flags,
            NodeMask = _summary?.NodeMask ?? _invocation?.NodeMask,
            Cpuset = _summary?.Cpuset ?? _cpuset,
            MemsAllowed = _summary?.MemsAllowed ?? _memsAllowed,
            KernelRelease = _release,
            IsSysRq = _isSysRq,
            IsAllocatingTask = _choice?.IsAllocatingTask == true || (_kills.Count > 0 && _kills[0].Line.IsAllocatingTask),
            IsGroupKill = _isGroup,
            VictimId = null,
            VictimName = null,
            VictimUserId = null,
            Score = _choice?.Score ?? (_kills.Count > 0 ? _kills[0].Line.Score : null),
            TotalVm = null,
            AnonRss = null,
            FileRss = null,
            ShmemRss = null,
            PageTables = null,
            Swap = null,
            OomScoreAdj = null,
            SacrificedForId = null,
            SacrificedForName = null,
            Victims = [],
            CountedKills = 0,
            Memory = _memory.ToMemory(pageSize),
            Tasks = _tasks.ToTasks(pageSize),
            IsComplete = _invocation is not null && IsDone && !_isCut && !_tasks.IsCut,
            Source = source,
            Text = _text.ToString().TrimEnd('\n'),
        };
    }

    private OomEvent WithVictims(OomEvent report, List<IGrouping<int, Kill>> killed)
    {
        List<OomVictim> victims = [.. killed.Select(kill => VictimOf(kill.First().Line.Id, kill.First().Line, report.Tasks)), .. _shared];
        // Without a kill in the log, the one that was chosen.
        OomVictim? victim = victims.Count > 0 ? victims[0]
            : ChosenId is int chosen && _outcome is OomOutcome.Unknown or OomOutcome.AlreadyExiting ? VictimOf(ChosenId!.Value, null, report.Tasks)
            : null;
        Kill? first = killed.Count > 0 ? killed[0].First() : null;
        bool isSacrificed = _choice is not null && victim is not null && _choice.Value.Id != victim.Id && !_isGroup && killed.Count > 0 && killed[0].Key == _kills[0].Line.Id
            && !IsThread(_choice.Value.Id, victim.Id, report.Tasks);
        return report with
        {
            Time = first is null ? report.Time : first.Time,
            SinceBoot = first is null ? report.SinceBoot : Span(first.Uptime),
            VictimId = victim?.Id,
            VictimName = victim?.Name,
            VictimUserId = victim?.UserId,
            TotalVm = victim?.TotalVm,
            AnonRss = victim?.AnonRss,
            FileRss = victim?.FileRss,
            ShmemRss = victim?.ShmemRss,
            PageTables = victim?.PageTables,
            Swap = victim?.Swap,
            OomScoreAdj = victim?.OomScoreAdj,
            SacrificedForId = isSacrificed ? _choice!.Value.Id : null,
            SacrificedForName = isSacrificed ? _choice!.Value.Name : null,
            Victims = victims,
            CountedKills = killed.Sum(kill => kill.Count()),
        };
    }

    // Of the kill, or of the choice where the log ends before a kill; what they do not say stands in the task table.
    private OomVictim VictimOf(int id, KillLine? kill, IReadOnlyList<OomTask> tasks)
    {
        OomTask? row = RowOf(id, tasks);
        return new OomVictim
        {
            Id = id,
            Name = kill?.Name ?? _choice?.Name ?? _summary?.TaskName ?? row?.Name ?? "",
            UserId = kill?.UserId ?? (kill is null ? _summary?.TaskUserId : null) ?? row?.UserId,
            TotalVm = kill?.TotalVm ?? row?.TotalVm,
            AnonRss = kill?.AnonRss ?? row?.AnonRss,
            FileRss = kill?.FileRss ?? row?.FileRss,
            ShmemRss = kill?.ShmemRss ?? row?.ShmemRss,
            PageTables = TablesOf(kill?.PageTablesAsWritten, row) ?? row?.PageTables,
            Swap = kill?.Swap ?? row?.Swap,
            OomScoreAdj = kill?.OomScoreAdj ?? row?.OomScoreAdj,
            IsReaped = _reaped.Contains(id),
        };
    }

    // Up to 4.19 one of the threads could be chosen, which is then killed as its process. The table has processes alone.
    private bool IsThread(int chosen, int victim, IReadOnlyList<OomTask> tasks) =>
        !_tasks.IsCut && RowOf(victim, tasks) is not null && RowOf(chosen, tasks) is null;

    // 5.4.0 to 5.4.8 wrote bytes and called them kB. A whole number of pages that are pages of kB is the sign.
    private long? TablesOf(long? asWritten, OomTask? row)
    {
        if (asWritten is not long written)
        {
            return null;
        }
        bool isBytes = row?.PageTables is long bytes ? bytes == written : written > 0 && written % 4096 == 0 && _release?.StartsWith("5.4.", StringComparison.Ordinal) == true;
        return isBytes ? written : LogText.Kibibytes(written);
    }

    private static OomTask? RowOf(int id, IReadOnlyList<OomTask> tasks) => tasks.FirstOrDefault(task => task.Id == id) ?? tasks.FirstOrDefault(task => task.ThreadGroupId == id);

    // The table counts pages and the kill kB: what makes them equal is the size of a page.
    private int? PageSizeOfVictim()
    {
        foreach (Kill kill in _kills)
        {
            if (kill.Line.TotalVm is > 0 and long bytes && _tasks.PagesOf(kill.Line.Id) is > 0 and long pages && bytes % pages == 0
                && bytes / pages is >= 4096 and <= 262144 and long size && long.IsPow2(size))
            {
                return (int)size;
            }
        }
        return null;
    }

    private static TimeSpan? Span(long microseconds) => microseconds < 0 ? null : TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
