using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class ActivityReadingTests
{
    [Fact]
    public void Rates_are_differences_over_the_measured_interval_in_bytes_or_pages()
    {
        MemoryActivity activity = Between(
            [("pgpgin", 100), ("pgpgout", 7), ("pswpin", 10), ("pswpout", 0), ("pgfault", 1000), ("pgmajfault", 2)],
            [("pgpgin", 300), ("pgpgout", 7), ("pswpin", 15), ("pswpout", 1), ("pgfault", 1500), ("pgmajfault", 2)]);

        Assert.Equal(100 * 1024, activity.PagedIn);
        Assert.Equal(0, activity.PagedOut);
        Assert.Equal(2.5 * 4096, activity.SwappedIn);
        Assert.Equal(0.5 * 4096, activity.SwappedOut);
        Assert.Equal(250, activity.Faults);
        Assert.Equal(0, activity.MajorFaults);
    }

    [Fact]
    public void Efficiency_is_sars_vmeff_without_throttling_events()
    {
        MemoryActivity activity = Between(
            [("pgscan_kswapd", 0), ("pgscan_direct", 0), ("pgscan_direct_throttle", 0), ("pgsteal_anon", 0), ("pgsteal_file", 0), ("pgsteal_kswapd", 0)],
            [("pgscan_kswapd", 300), ("pgscan_direct", 100), ("pgscan_direct_throttle", 5000), ("pgsteal_anon", 50), ("pgsteal_file", 150), ("pgsteal_kswapd", 200)]);

        Assert.Equal(150, activity.ScannedByKswapd);
        Assert.Equal(50, activity.ScannedDirect);
        Assert.Equal(100, activity.Stolen);
        Assert.Equal(50, activity.ReclaimEfficiencyPercent);
    }

    [Fact]
    public void Stalls_of_all_zones_are_added_up() => Assert.Equal(3, Between(
        [("allocstall_dma32", 1), ("allocstall_normal", 2), ("allocstall_movable", 0)],
        [("allocstall_dma32", 3), ("allocstall_normal", 6), ("allocstall_movable", 0)]).AllocationStalls);

    [Fact]
    public void A_counter_that_goes_backwards_has_no_rate_and_is_named()
    {
        MemoryActivity activity = Between([("pgfault", 4294967295), ("pgfree", 1)], [("pgfault", 5), ("pgfree", 3)]);

        Assert.Null(activity.Faults);
        Assert.Equal(["pgfault"], activity.Backwards);
        Assert.Equal(1, activity.FreedPages);
    }

    [Fact]
    public void A_counter_that_the_kernel_lacks_is_null() => Assert.Null(Between([("pgfault", 1)], [("pgfault", 1)]).OomKills);

    [Fact]
    public void Nothing_scanned_means_no_efficiency() =>
        Assert.Null(Between([("pgscan_kswapd", 1), ("pgscan_direct", 1)], [("pgscan_kswapd", 1), ("pgscan_direct", 1)]).ReclaimEfficiencyPercent);

    [Theory]
    [InlineData("6.12.117+deb12-amd64-swap")]
    [InlineData("6.1.0-50-686-uma")]
    public void Since_boot_is_the_counter_over_the_uptime(string machine)
    {
        Machine captured = Fixture.Machine(machine);
        double uptime = double.Parse(captured.ReadText("proc/uptime").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        long faults = VmStatFile.Read(captured).Single(counter => counter.Name == "pgfault").Value;

        Assert.Equal(faults / uptime, ActivityReading.Take(captured).SinceBoot(captured).Faults!.Value, 3);
    }

    [Fact]
    public void Since_boot_a_captured_machine_tells_when_it_was_taken()
    {
        Machine captured = Fixture.Machine("6.12.117+deb12-amd64-swap");
        double uptime = double.Parse(captured.ReadText("proc/uptime").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(BootTime.Read(captured)!.Value.AddSeconds(uptime), ActivityReading.Take(captured).SinceBoot(captured).Time, TimeSpan.FromSeconds(0.01));
    }

    private static MemoryActivity Between((string, long)[] before, (string, long)[] after) =>
        Reading(after, 12).Since(Reading(before, 10));

    private static ActivityReading Reading((string, long)[] counters, int seconds) =>
        new(counters, MemInfoFile.Read(Fixture.Machine("6.12.117+deb12-amd64-swap")), null, 4096, TimeSpan.FromSeconds(seconds));
}
