using System.Text;

namespace LinuxMemory;

/// <summary>One report while its lines come in.</summary>
internal sealed partial class OomReport(string source, uint caller, long line)
{
    // What a report may be silent for between two of its lines, and how far its reaper's line may be behind the kill.
    private const long LongestSilence = 30_000_000;
    private const long LongestWait = 15_000_000;
    private const long LongestDisorder = 5_000_000;
    private const int MostLinesBetween = 10_000;
    private const int MostLinesAfter = 1_000;
    private const int MostText = 4 * 1024 * 1024;
    private const int MostKills = 4096;

    private readonly TaskTable _tasks = new();
    private readonly MemoryLines _memory = new();
    private readonly List<Kill> _kills = [];
    private readonly List<int> _reaped = [];
    private readonly List<OomVictim> _shared = [];
    private readonly StringBuilder _text = new();
    private OomInvocation? _invocation;
    private OomSummary? _summary;
    private KillLine? _choice;
    private OomOutcome _outcome = OomOutcome.Unknown;
    private string? _limitOf;
    private string? _taskCgroup;
    private string? _release;
    private string? _cpuset;
    private string? _memsAllowed;
    private int? _invokerId;
    private bool _isSysRq;
    private bool _isGroup;
    private bool _isCut;
    private bool _isEstimated;
    private bool _inLines;
    private long _lastLine = line;
    private long _lastUptime = -1;
    private DateTimeOffset? _lastTime;
    private long _firstUptime = -1;
    private DateTimeOffset? _firstTime;

    private sealed record Kill(KillLine Line, long Uptime, DateTimeOffset? Time);

    /// <summary>Who prints it; 0 when the log does not say.</summary>
    public uint Caller { get; private set; } = caller;

    /// <summary>True when its end has been seen: only what follows a kill can come.</summary>
    public bool IsDone => _kills.Count > 0 || _outcome != OomOutcome.Unknown;

    /// <summary>True when the one line about the choice has been seen.</summary>
    public bool HasSummary => _summary is not null;

    /// <summary>True between a SysRq and the report that it makes.</summary>
    public bool AwaitsInvocation => _isSysRq && _invocation is null && _kills.Count == 0;

    /// <summary>The process that was chosen; null when the log does not say yet.</summary>
    public int? ChosenId => _choice?.Id ?? _summary?.TaskId;

    /// <summary>How much speaks for the report when a line names a process and several are open.</summary>
    public int LikenessOf(int? id, string? name) =>
        id is null ? 0 : _invokerId == id ? 3 : name is not null && _invocation?.Name == name ? 2 : _tasks.Has(id.Value) ? 1 : 0;

    /// <summary>True when the words that announce a group's kill can belong to it.</summary>
    public bool TakesGroup => _kills.Count == 1 && !_isGroup;

    /// <summary>True when the report is over: its kill lies back, or it has been silent for too long.</summary>
    public bool IsOver(KernelMessage message)
    {
        bool isOutOfTime;
        if (message.Uptime >= 0 && _lastUptime >= 0)
        {
            // Lines of two CPUs can be a little out of order; more is another start of the machine.
            long gap = message.Uptime - _lastUptime;
            isOutOfTime = gap > (IsDone ? LongestWait : LongestSilence) || gap < -LongestDisorder;
        }
        else
        {
            // A clock can be set in the middle of a report.
            long gap = message.Time is DateTimeOffset now && _lastTime is DateTimeOffset last ? (now - last).Ticks / TimeSpan.TicksPerMicrosecond : 0;
            isOutOfTime = IsDone ? Math.Abs(gap) > LongestWait : gap > 20 * LongestSilence;
        }
        return isOutOfTime || message.Line - _lastLine > (IsDone ? MostLinesAfter : MostLinesBetween);
    }

    /// <summary>True when a line about who is chosen can belong to it.</summary>
    public bool TakesChoice(KillLine choice) => !IsDone && _choice is null && IsScope(choice.Scope) && (_tasks.Count == 0 || _tasks.Has(choice.Id) || _summary is null);

    /// <summary>True when a kill can be the one that the report is about. A kill without a reason of its own follows a choice, if only of its parent.</summary>
    public bool Fits(KillLine kill) =>
        IsScope(kill.Scope) && (ChosenId is null || (_choice is not null && kill.Scope is null) || ChosenId == kill.Id || _tasks.Count == 0 || _tasks.Has(kill.Id));

    /// <summary>True when a kill can be of the group that is being killed.</summary>
    public bool TakesIntoGroup(KillLine kill) =>
        _isGroup && kill.Scope is null or OomEventScope.Cgroup && (_tasks.Count == 0 || _tasks.Has(kill.Id));

    /// <summary>True when old kernels can have killed a second process for the same report: one that shared the memory.</summary>
    public bool TakesAnother(KillLine kill) => _kills.Count > 0 && !_isGroup && kill.Scope is null && _summary is null && _invocation is not null;

    /// <summary>True when a process of that id was killed.</summary>
    public bool Killed(int id) => _kills.Exists(kill => kill.Line.Id == id);

    private bool IsScope(OomEventScope? scope) => scope is null || KnownScope is null || (scope == OomEventScope.Cgroup) == (KnownScope == OomEventScope.Cgroup);

    private OomEventScope? KnownScope => _summary?.Scope ?? (_limitOf is not null ? OomEventScope.Cgroup : _choice?.Scope);

    private void Touch(KernelMessage message)
    {
        _lastLine = message.Line;
        Caller = Caller == 0 ? message.Caller : Caller;
        _lastUptime = message.Uptime;
        _lastTime = message.Time;
        if (_firstUptime < 0 && _firstTime is null)
        {
            (_firstUptime, _firstTime, _isEstimated) = (message.Uptime, message.Time, message.IsTimeEstimated);
        }
        if (_text.Length + message.Text.Length >= MostText)
        {
            _isCut = true;
            return;
        }
        _text.Append(Encoding.UTF8.GetString(message.Text)).Append('\n');
    }
}
