using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public sealed class ChangeJournalTests : IDisposable
{
    private const string Swappiness = "proc/sys/vm/swappiness";
    private const string JournalPath = "var/lib/linuxmemory/journal.jsonl";
    private readonly TemporaryTree _tree = new();
    private readonly List<KernelFormatException> _malformed = [];

    public ChangeJournalTests() => _tree.Write(Swappiness, "60\n");

    public void Dispose() => _tree.Dispose();

    private ChangeJournal Journal => ChangeJournal.Of(_tree.Machine);

    [Fact]
    public void A_change_comes_back_in_a_later_session_with_its_way_back()
    {
        Make("10");

        MemoryChange change = Assert.Single(Journal.Read(_malformed.Add));

        Assert.Equal((1L, "60", "10", ChangeState.Applied, true, false),
            (change.Id, change.OldValue, change.NewValue, change.State, change.CanUndo, change.IsUndone));
        Assert.Equal("60", change.Reverse!.Apply(_tree.Machine).NewValue);
    }

    [Fact]
    public void An_undone_change_says_so_and_an_undone_undo_brings_it_back()
    {
        Make("10");
        Make("60", undoes: 1);
        Assert.Equal([true, false], Journal.Read(_malformed.Add).Select(change => change.IsUndone));

        Make("10", undoes: 2);
        Assert.Equal([false, true, false], Journal.Read(_malformed.Add).Select(change => change.IsUndone));
    }

    [Fact]
    public void A_killed_session_leaves_a_begun_change()
    {
        Journal.Begin(Journal.Describe(Plan("10"), ChangeState.Begun));

        Assert.Equal(ChangeState.Begun, Assert.Single(Journal.Read(_malformed.Add)).State);
    }

    [Fact]
    public void A_refused_change_is_no_change()
    {
        MemoryChange begun = Journal.Begin(Journal.Describe(Plan("10"), ChangeState.Begun));
        Journal.End(begun with { State = ChangeState.Failed });

        Assert.Empty(Journal.Read(_malformed.Add));
    }

    [Fact]
    public void A_half_written_last_line_is_passed_over_and_repaired()
    {
        Make("10");
        File.AppendAllText(_tree.PathOf(JournalPath), "{\"Id\":2,\"Time\":\"2026-");
        Assert.Single(Journal.Read(_malformed.Add));

        Make("20");

        Assert.Equal([1L, 2L], Journal.Read(_malformed.Add).Select(change => change.Id));
        Assert.Empty(_malformed);
    }

    [Fact]
    public void A_garbled_line_is_reported_with_its_number_and_the_others_continue()
    {
        Make("10");
        File.AppendAllText(_tree.PathOf(JournalPath), "garbage\n{\"Id\":7}\n\n");
        Make("20");

        Assert.Equal([1L, 8L], Journal.Read(_malformed.Add).Select(change => change.Id));
        Assert.Equal([3, 4], _malformed.Select(e => e.Line));
    }

    [Fact]
    public void A_kind_of_change_of_a_later_version_is_a_change_without_a_way_back()
    {
        Make("10");
        string path = _tree.PathOf(JournalPath);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"Kind\":\"KernelFile\"", "\"Kind\":\"Future\"", StringComparison.Ordinal));

        MemoryChange change = Assert.Single(Journal.Read(_malformed.Add));

        Assert.Equal(("10", false), (change.NewValue, change.CanUndo));
        Assert.Empty(_malformed);
    }

    [Fact]
    public void Sessions_beside_each_other_lose_nothing()
    {
        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 25; i++)
            {
                Make("10");
            }
        });

        Assert.Equal(Enumerable.Range(1, 200).Select(id => (long)id), Journal.Read(_malformed.Add).Select(change => change.Id));
        Assert.Empty(_malformed);
    }

    [Fact]
    public void Enums_and_signs_are_readable_in_the_file()
    {
        _tree.Write("sys/defrag", "always defer [defer+madvise] never\n");
        PlannedChange plan = KernelFileChange.Plan(_tree.Machine, "sys/defrag", "thp.defrag", "never");
        Journal.Begin(Journal.Describe(plan, ChangeState.Begun));

        string text = _tree.Read(JournalPath);

        Assert.Contains("\"Scope\":\"Runtime\"", text, StringComparison.Ordinal);
        Assert.Contains("\"OldValue\":\"defer+madvise\"", text, StringComparison.Ordinal);
        Assert.StartsWith("{\"Id\":1,", text, StringComparison.Ordinal);
    }

    private KernelFileChange Plan(string value) => KernelFileChange.Plan(_tree.Machine, Swappiness, "vm.swappiness", value);

    private void Make(string value, long? undoes = null)
    {
        KernelFileChange plan = Plan(value);
        ChangeJournal journal = Journal;
        MemoryChange begun = journal.Begin(journal.Describe(plan, ChangeState.Begun, undoes: undoes));
        PlannedChange done = plan with { NewValue = value };
        journal.End(journal.Describe(done, ChangeState.Applied, begun.Id, undoes));
    }
}
