using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// The record of all changes: JSON lines in /var/lib/linuxmemory/journal.jsonl, for an ordinary user under $XDG_STATE_HOME or
/// ~/.local/state, for a tree in the tree. A change is one line before it is made and one after, so that a crash between the
/// two leaves a trace; the later line with the same number counts.
/// </summary>
public sealed class ChangeJournal
{
    private const string FileName = "journal.jsonl";
    private const string BootId = "proc/sys/kernel/random/boot_id";

    // Far more than the lines that sessions can have begun beside each other.
    private const int TailSize = 64 * 1024;

    private readonly Machine _machine;
    private readonly string _path;
    private readonly string? _boot;

    private ChangeJournal(Machine machine, string path)
    {
        _machine = machine;
        _path = path;
        _boot = machine.TryReadText(BootId);
    }

    /// <summary>The absolute path of the file.</summary>
    public string Name => _machine.Locate(_path);

    /// <summary>The journal of a machine for the user who runs this.</summary>
    public static ChangeJournal Of(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return new ChangeJournal(machine, Path.Join(FolderOf(machine), FileName));
    }

    /// <summary>The change that takes a recorded one back; null when nothing can.</summary>
    public static PlannedChange? WayBack(MemoryChange change) => change?.Reverse;

    /// <summary>True for a change that lasted until a restart when the machine has restarted since.</summary>
    public bool IsPast(MemoryChange change) => change is { Scope: ChangeScope.Runtime } && change.Boot != _boot;

    /// <summary>Makes sure that the journal can be written, before anything is changed.</summary>
    /// <exception cref="KernelException">It cannot.</exception>
    public void Prepare() => _machine.OpenAppend(_path).Dispose();

    /// <summary>The record of a change that is about to be made.</summary>
    public MemoryChange Describe(PlannedChange change, ChangeState state, long id = 0, long? undoes = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new MemoryChange
        {
            Id = id,
            Time = DateTimeOffset.Now,
            User = UserName,
            Target = change.Target,
            Setting = change.Setting,
            OldValue = change.OldValue,
            NewValue = change.NewValue,
            Scope = change.Scope,
            PersistedTo = change.PersistedTo,
            State = state,
            Undoes = undoes,
            CanUndo = state == ChangeState.Applied && undoes is null && change.Reverse is not null,
            Boot = _boot,
            Reverse = change.Reverse,
        };
    }

    /// <summary>Records that a change is about to be made, and gives it its number. Synced only where the change itself would survive a crash of the machine.</summary>
    /// <exception cref="KernelException">The journal cannot be written.</exception>
    public MemoryChange Begin(MemoryChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        using AppendFile file = _machine.OpenAppend(_path);
        MemoryChange numbered = change with { Id = JournalTail.RepairAndFindLastId(file, TailSize) + 1 };
        file.Append(JournalLine.Write(numbered));
        if (numbered.Scope == ChangeScope.Persistent)
        {
            file.Sync();
        }
        return numbered;
    }

    /// <summary>Records how a change ended, synced.</summary>
    /// <exception cref="KernelException">The journal cannot be written.</exception>
    public void End(MemoryChange change)
    {
        using AppendFile file = _machine.OpenAppend(_path);
        JournalTail.RepairAndFindLastId(file, TailSize);
        file.Append(JournalLine.Write(change));
        file.Sync();
    }

    /// <summary>All changes, oldest first; none when there is no journal. What was refused is left out.</summary>
    /// <param name="report">Told of each line that cannot be read; a half-written last line is passed over.</param>
    /// <exception cref="KernelException">The journal is denied.</exception>
    public IReadOnlyList<MemoryChange> Read(Action<KernelFormatException> report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using KernelReader? reader = _machine.TryRead(_path);
        SortedDictionary<long, MemoryChange> changes = [];
        KernelFormatException? malformed = null;
        while (reader is not null && reader.ReadLine(out KernelLine line))
        {
            if (malformed is not null)
            {
                report(malformed);
                malformed = null;
            }
            if (JournalLine.TryRead(line.Text) is MemoryChange change)
            {
                changes[change.Id] = change;
            }
            else if (!line.IsAtEnd)
            {
                malformed = line.Malformed("a change as one line of JSON");
            }
        }
        return WithFates(changes);
    }

    /// <summary>The last such change since the machine started; null where there is none, or the journal cannot be read.</summary>
    internal MemoryChange? LastOfThisBoot(Func<MemoryChange, bool> wanted) => Last(change => change.Boot == _boot && wanted(change));

    /// <summary>The last such change that was applied; null where there is none, or the journal cannot be read.</summary>
    internal MemoryChange? Last(Func<MemoryChange, bool> wanted)
    {
        try
        {
            return Read(static _ => { }).LastOrDefault(change => change.State == ChangeState.Applied && wanted(change));
        }
        catch (KernelException)
        {
            return null;
        }
    }

    // A change is undone when another one undid it that was not itself undone. Numbers only grow, so the newest decide first.
    private List<MemoryChange> WithFates(SortedDictionary<long, MemoryChange> changes)
    {
        HashSet<long> undone = [];
        List<MemoryChange> all = [.. changes.Values.Where(change => change.State != ChangeState.Failed)];
        foreach (MemoryChange change in Enumerable.Reverse(all))
        {
            if (change is { State: ChangeState.Applied, Undoes: long id } && !undone.Contains(change.Id))
            {
                undone.Add(id);
            }
        }
        return all.ConvertAll(change => change with
        {
            IsUndone = undone.Contains(change.Id),
            // What was changed before an undo counts, and not the undo: all that can be undone, undone, is what was there at first.
            CanUndo = !undone.Contains(change.Id) && change.Undoes is null && change.Reverse is not null && !IsPast(change),
        });
    }

    private static string UserName =>
        Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } caller ? caller : Environment.UserName;

    private static string FolderOf(Machine machine)
    {
        if (!machine.IsLive || machine.Calls.EffectiveUserId == 0)
        {
            return "var/lib/linuxmemory";
        }
        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        string home = state is not null && Path.IsPathFullyQualified(state)
            ? state
            : Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".local", "state");
        return Path.Join(home, "linuxmemory").TrimStart('/');
    }
}
