using System.Diagnostics;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

[Trait("Category", "Live")]
[Collection(nameof(StartsProcesses))]
public class LiveEventTests(ITestOutputHelper output)
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public void A_process_killed_in_a_group_with_a_limit_is_at_once_exactly_one_right_event()
    {
        Assert.SkipWhen(OwnCgroup.Obstacle is not null, OwnCgroup.Obstacle ?? "");
        using OwnCgroup group = new();
        MemoryHolder holder = group.Start(4 * MiB);
        holder.Adjustment = 321;
        group.Max = group.Current + (2 * MiB);
        DateTimeOffset before = DateTimeOffset.Now;

        holder.Take(8 * MiB);
        Assert.True(holder.WaitForEnd(TimeSpan.FromSeconds(10)));
        Stopwatch watch = Stopwatch.StartNew();
        OomEvent e = Assert.Single(OomEvents.Read(Machine.Live, null, (_, e) => throw e), e => e.VictimId == holder.Id && e.VictimName == "tail");

        output.WriteLine($"{watch.Elapsed}, {e.Text}");
        Assert.Equal((OomOutcome.Killed, 321, 0L), (e.Outcome, e.OomScoreAdj, e.VictimUserId));
        Assert.InRange(e.Time!.Value, before.AddSeconds(-1), DateTimeOffset.Now.AddSeconds(1));
        Assert.InRange(e.AnonRss!.Value, 4 * MiB, 8 * MiB);
        // The kernel leaves the report out when it has printed ten in the last five seconds.
        if (e.IsComplete)
        {
            Assert.Equal((OomEventScope.Cgroup, group.Path, "tail"), (e.Scope, e.Cgroup, e.Invoker));
            Assert.Equal(group.Max, e.Memory!.Limit);
            Assert.Contains(e.Tasks, task => task.Id == holder.Id && task.Rss >= e.AnonRss);
        }
    }
    [Fact]
    public void The_journal_tells_the_same_event_as_the_ring_buffer()
    {
        Assert.SkipWhen(OwnCgroup.Obstacle is not null, OwnCgroup.Obstacle ?? "");
        using (Stream? journal = Machine.Live.Calls.OpenJournal(null))
        {
            Assert.SkipWhen(journal is null, "no journal is kept here");
        }
        using OwnCgroup group = new();
        MemoryHolder holder = group.Start(4 * MiB);
        group.Max = group.Current + (2 * MiB);
        holder.Take(8 * MiB);
        Assert.True(holder.WaitForEnd(TimeSpan.FromSeconds(30)));
        (int code, string text) = Live.Run("journalctl", "--sync");
        Assert.SkipWhen(code != 0, text);

        using Stream? entries = Machine.Live.Calls.OpenJournal(null);
        using Stream ring = Machine.Live.Calls.OpenKernelLog();
        OomEvent[] events = [.. ((IEnumerable<Stream>)[entries!, ring]).Select(log => Assert.Single(
            OomLogFile.Read([(log, new LogClock(DateTimeOffset.Now, Machine.Live.Calls.StartTime), "log")], Machine.Live.Calls.PageSize), e => e.VictimId == holder.Id && e.VictimName == "tail"))];

        Assert.True(OomEventSet.IsSame(events[0], events[1]));
        Assert.Equal((events[1].IsComplete, events[1].AnonRss, events[1].Cgroup, events[1].Memory?.Limit), (events[0].IsComplete, events[0].AnonRss, events[0].Cgroup, events[0].Memory?.Limit));
        Assert.Equal(events[1].Tasks.Select(task => (task.Id, task.Name, task.Rss)), events[0].Tasks.Select(task => (task.Id, task.Name, task.Rss)));
        Assert.Single(OomEvents.Read(Machine.Live, null, (_, e) => throw e), e => e.VictimId == holder.Id && e.VictimName == "tail");
    }
}
