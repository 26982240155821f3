using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

/// <summary>Changes by processes of their own: two at once, and one that may not.</summary>
[Trait("Category", "Live")]
public sealed class LiveSessionsTests : IClassFixture<MachineState>
{
    private const string Swappiness = "proc/sys/vm/swappiness";

    private static readonly string[] Values = ["41", "42"];

    [Fact]
    public void Of_two_sessions_that_change_one_setting_both_are_journaled_the_last_wins_and_undo_notices()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        string before = Machine.Live.ReadText(Swappiness);
        long last = Journal().Select(change => change.Id).LastOrDefault();
        try
        {
            Task<(int Code, string Output)>[] sessions = [.. Values.Select(value => Task.Run(() => ConsoleSession.Run("Set-Swappiness", value)))];
            Assert.All(sessions, session => Assert.Equal((0, ""), session.GetAwaiter().GetResult()));

            MemoryChange[] made = [.. Journal().Where(change => change.Id > last && change.Setting == "vm.swappiness")];
            Assert.Equal(Values, made.Select(change => change.NewValue).Order());
            string now = Machine.Live.ReadText(Swappiness);
            MemoryChange lost = Assert.Single(made, change => change.NewValue != now);
            (int code, string output) = ConsoleSession.Run("Undo-MemoryChange", "-Id", $"{lost.Id}");
            Assert.Equal(1, code);
            Assert.Contains("[ChangedSince]", output, StringComparison.Ordinal);
            Assert.Equal(now, Machine.Live.ReadText(Swappiness));
        }
        finally
        {
            Machine.Live.Write(Swappiness, before);
        }
    }

    [Fact]
    public void Who_is_not_root_is_told_the_file_what_would_do_and_the_line_with_sudo_and_nothing_is_half_done()
    {
        Assert.SkipWhen(Live.Obstacle is not null, Live.Obstacle ?? "");
        string[] asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups", "env", "HOME=/nonexistent", "DOTNET_CLI_HOME=/tmp", .. ConsoleSession.Command];
        Assert.SkipUnless(Live.Run("setpriv", [.. asNobody, "--version"]).Code == 0, "nobody cannot run the program from here");
        string before = Machine.Live.ReadText(Swappiness);

        (int code, string output) = Live.Run("setpriv", [.. asNobody, "Set-Swappiness", "43", "-Persist"]);

        Assert.Equal(1, code);
        Assert.Contains("[PermissionDenied]", output, StringComparison.Ordinal);
        Assert.Contains("/proc/sys/vm/swappiness", output, StringComparison.Ordinal);
        Assert.Contains("CAP_", output, StringComparison.Ordinal);
        Assert.Contains("sudo ", output, StringComparison.Ordinal);
        Assert.Contains("Set-Swappiness 43 -Persist", output, StringComparison.Ordinal);
        Assert.Equal(before, Machine.Live.ReadText(Swappiness));
        Assert.DoesNotContain("swappiness = 43", Machine.Live.TryReadText("etc/sysctl.d/90-linuxmemory.conf") ?? "", StringComparison.Ordinal);
    }

    private static IReadOnlyList<MemoryChange> Journal() => ChangeJournal.Of(Machine.Live).Read(_ => { });
}
