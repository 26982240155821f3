namespace LinuxMemory;

/// <summary>
/// Puts the lines of reports together, of several at a time: printk's caller ids tell whose a line is where the log has them;
/// else names and numbers do, and for lines without any, the report that began last.
/// </summary>
internal sealed class OomLogParser(int pageSize)
{
    private const int MostOpen = 8;

    private readonly List<OomReport> _open = [];
    private readonly Queue<OomEvent> _finished = new();
    private readonly HeldLines _held = new();
    private LogClock _clock = null!;
    private LogPrefix _prefix = null!;
    private string _source = "";
    private long _line;

    /// <summary>True while a report is open.</summary>
    public bool WantsEveryLine => _open.Count > 0 || _held.Any || _prefix.NeedsEveryLine;

    /// <summary>How many lines speak of a kill without a sign that the kernel wrote them.</summary>
    public long Doubtful { get; private set; }

    /// <summary>How many events the log has given so far.</summary>
    public int Found { get; private set; }

    /// <summary>True for the journal's JSON, where the words that a report begins with can stand as numbers.</summary>
    public bool HasJson => _prefix.HasJson;

    /// <summary>The lines that come next are of another log, or of the next part of a rotated one.</summary>
    public void Begin(LogClock clock, string source)
    {
        Release();
        (_clock, _prefix, _source, Doubtful, Found) = (clock, new LogPrefix(clock), source, 0, 0);
    }

    /// <summary>Hands out an event that is complete.</summary>
    public bool TryTake(out OomEvent? finished) => _finished.TryDequeue(out finished);

    /// <summary>Reads a line of the log.</summary>
    /// <param name="line">The line with its prefix.</param>
    /// <param name="isLearning">True for the first lines, which can hold the middle of a report and the time of the start.</param>
    public void Read(ReadOnlySpan<byte> line, bool isLearning)
    {
        _line++;
        bool isKernel = _prefix.TryRead(line, out KernelMessage message);
        message.Line = _line;
        if ((isKernel || message.IsLoose) && _held.TryJoin(message))
        {
            return;
        }
        while (_held.TakeWhole(message) is HeldLine whole)
        {
            Read(whole.Message, whole.IsLearning);
        }
        if (!isKernel)
        {
            Doubtful += line.IndexOf(OomLine.Invoked) > 0 || line.IndexOf("ut of memory: Kill"u8) > 0 ? 1 : 0;
            return;
        }
        message.Text = LogText.SkipBlanks(message.Text);
        if (message.Text.IsEmpty)
        {
            return;
        }
        if (isLearning)
        {
            _clock.Learn(message.Text, message.Uptime);
        }
        // Lines of other things need not wait.
        if (_open.Count > 0 || OomLine.KindOf(message.Text) != OomLineKind.Body || OomLine.HasName(message.Text))
        {
            if (_held.IsFull)
            {
                ReleaseOldest();
            }
            _held.Keep(message, isLearning);
            return;
        }
        Read(message, isLearning);
    }

    private void Release()
    {
        while (_held.Any)
        {
            ReleaseOldest();
        }
    }

    private void ReleaseOldest()
    {
        HeldLine line = _held.TakeOldest();
        Read(line.Message, line.IsLearning);
    }

    private void Read(KernelMessage message, bool isLearning)
    {
        for (int i = 0; i < _open.Count; i++)
        {
            if (_open[i].IsOver(message))
            {
                Finish(_open[i--]);
            }
        }
        Take(message, OomLine.KindOf(message.Text), isLearning);
    }

    /// <summary>The log has ended: what is open is all there is.</summary>
    public void End()
    {
        Release();
        while (_open.Count > 0)
        {
            Finish(_open[0]);
        }
    }

    private void Take(KernelMessage message, OomLineKind kind, bool isLearning)
    {
        switch (kind)
        {
            case OomLineKind.Invocation:
                Invoke(message);
                break;
            case OomLineKind.SysRq:
                Begin(message).AddSysRq(message);
                break;
            case OomLineKind.Choice:
                KillLine.TryReadChoice(message.Text, out KillLine choice);
                (OpenFor(message, report => report.TakesChoice(choice), choice.Id, choice.Name) ?? Begin(message)).AddChoice(message, choice);
                break;
            case OomLineKind.Kill:
                KillLine.TryReadKill(message.Text, out KillLine kill);
                (ReportOf(message, kill) ?? Begin(message)).AddKill(message, kill);
                break;
            case OomLineKind.Summary:
                OomSummary summary = OomSummary.Read(message.Text);
                (OpenFor(message, report => !report.IsDone && !report.HasSummary, summary.TaskId, summary.TaskName) ?? Begin(message)).AddSummary(message, summary);
                break;
            case OomLineKind.GroupKill:
                (OpenFor(message, report => report.TakesGroup) ?? Begin(message)).AddGroup(message);
                break;
            case OomLineKind.Reaped:
                AddReaped(message);
                break;
            case OomLineKind.TaskHeader or OomLineKind.TaskRow:
                // At a log's begin the lines before can be cut off; later on, a row alone belongs to something else.
                OomReport? table = OpenFor(message, report => !report.IsDone) ?? (isLearning && _open.Count == 0 ? Begin(message) : null);
                table?.AddTask(message, kind);
                break;
            default:
                OpenFor(message, report => kind == OomLineKind.SharedKill ? report.IsDone : !report.IsDone)?.AddBody(message, kind);
                break;
        }
    }

    private void Invoke(KernelMessage message)
    {
        // Who asks again has not been killed: what it began before is all that there is of it. A kill by SysRq is announced before.
        OomReport? report = OpenFor(message, open => open.AwaitsInvocation);
        uint caller = message.Caller;
        if (report is null && caller != 0 && _open.Find(open => open.Caller == caller && !open.IsDone) is OomReport before)
        {
            Finish(before);
        }
        (report ?? Begin(message)).AddInvocation(message);
    }

    private OomReport Begin(KernelMessage message)
    {
        if (_open.Count == MostOpen)
        {
            Finish(_open[0]);
        }
        OomReport report = new(_source, message.Caller, message.Line);
        _open.Add(report);
        return report;
    }

    // The youngest open report that takes the line, of the same caller where the log tells callers. Of several, the one that knows
    // the process best: who asks for memory is often who is killed.
    private OomReport? OpenFor(KernelMessage message, Predicate<OomReport> takes, int? id = null, string? name = null)
    {
        uint caller = message.Caller;
        OomReport? best = null;
        foreach (OomReport report in _open)
        {
            if ((caller == 0 || report.Caller == 0 || report.Caller == caller || report.AwaitsInvocation) && takes(report)
                && (best is null || report.LikenessOf(id, name) >= best.LikenessOf(id, name)))
            {
                best = report;
            }
        }
        return best;
    }

    private OomReport? ReportOf(KernelMessage message, KillLine kill) =>
        OpenFor(message, report => !report.IsDone && report.ChosenId == kill.Id && report.Fits(kill))
        ?? OpenFor(message, report => !report.IsDone && report.Fits(kill), kill.Id, kill.Name)
        ?? OpenFor(message, report => report.TakesIntoGroup(kill))
        ?? OpenFor(message, report => report.TakesAnother(kill));

    private void AddReaped(KernelMessage message)
    {
        ReadOnlySpan<byte> rest = message.Text["oom_reaper: reaped process ".Length..];
        if (LogText.TryTakeNumber(ref rest, out int id))
        {
            _open.FindLast(report => report.Killed(id))?.AddReaped(message, id);
        }
    }

    private void Finish(OomReport report)
    {
        _open.Remove(report);
        foreach (OomEvent finished in report.ToEvents(pageSize))
        {
            Found++;
            _finished.Enqueue(finished);
        }
    }
}
