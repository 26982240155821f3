using System.Globalization;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class MeasureProcessMemoryGrowthTests
{
    private const long MiB = 1 << 20;
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Samples_of_an_earlier_day_are_judged_process_by_process()
    {
        object[] samples = [.. Enumerable.Range(0, 60).SelectMany(i => new[]
        {
            Sample(7, "web", i, (100 * MiB) + (i * MiB)),
            Sample(8, "db", i, 300 * MiB),
        })];

        RecordingShell shell = Measure(samples);

        Assert.Empty(shell.Errors);
        ProcessMemoryGrowth[] results = [.. shell.Output.Cast<ProcessMemoryGrowth>()];
        Assert.Equal([("web", GrowthVerdict.Growing), ("db", GrowthVerdict.Stable)], results.Select(result => (result.Name!, result.Verdict)));
        Assert.Equal(60 * MiB, results[0].SlopePerHour, 60 * MiB * 1e-6);
        Assert.Equal((60, TimeSpan.FromMinutes(59), 155 * MiB, "RssAnon+Swap"), (results[0].Samples, results[0].Duration, results[0].Level, results[0].Measure));
        Assert.True(results[0].AdjustedPValue >= results[0].PValue);
    }

    [Fact]
    public void Text_as_in_CSV_and_JSON_says_the_same_in_any_order()
    {
        object[] samples = [.. Enumerable.Range(0, 60).Reverse().Select(i => (object)new
        {
            Id = "7",
            Name = "web",
            StartTime = Start.ToString(CultureInfo.InvariantCulture),
            Time = Start.AddMinutes(i).ToString(i % 2 == 0 ? "o" : "G", CultureInfo.InvariantCulture) + (i % 2 == 0 ? "" : " +00:00"),
            RssAnon = ((100 + i) * MiB).ToString(CultureInfo.InvariantCulture),
            Swap = "",
        })];

        ProcessMemoryGrowth growth = Assert.IsType<ProcessMemoryGrowth>(Assert.Single(Measure(samples).Output));

        Assert.Equal(GrowthVerdict.Growing, growth.Verdict);
        Assert.Equal(60.0 * MiB, growth.SlopePerHour, MiB);
    }

    [Fact]
    public void An_id_that_was_used_again_is_another_process()
    {
        object[] samples = [.. Enumerable.Range(0, 80).Select(i => Sample(7, "job", i, i < 40 ? 10 * MiB : 500 * MiB, Start.AddMinutes(i < 40 ? 0 : 39)))];

        ProcessMemoryGrowth[] results = [.. Measure(samples).Output.Cast<ProcessMemoryGrowth>()];

        Assert.Equal([40, 40], results.Select(result => result.Samples));
        Assert.All(results, result => Assert.Equal(GrowthVerdict.Stable, result.Verdict));
    }

    [Fact]
    public void Starts_that_differ_as_the_clock_moves_are_one_process()
    {
        object[] samples = [.. Enumerable.Range(0, 40).Select(i => Sample(7, "job", i, 10 * MiB, Start.AddSeconds(i % 2)))];

        Assert.Equal(40, Assert.IsType<ProcessMemoryGrowth>(Assert.Single(Measure(samples).Output)).Samples);
    }

    [Fact]
    public void What_moves_to_swap_has_not_shrunk_and_mapped_files_do_not_count()
    {
        object[] samples = [.. Enumerable.Range(0, 60).Select(i => (object)new ProcessMemory
        {
            Id = 7,
            Access = ProcessMemoryAccess.Full,
            StartTime = Start,
            Time = Start.AddMinutes(i),
            Rss = 200 * MiB,
            RssAnon = (100 - i) * MiB,
            RssFile = (100 + i) * MiB,
            Swap = i * MiB,
        })];

        Assert.Equal(GrowthVerdict.Stable, Assert.IsType<ProcessMemoryGrowth>(Assert.Single(Measure(samples).Output)).Verdict);
        Assert.Equal(GrowthVerdict.Growing, Assert.IsType<ProcessMemoryGrowth>(Assert.Single(Measure(samples, GrowthProperty.RssFile).Output)).Verdict);
    }

    [Fact]
    public void A_rising_floor_in_Old_is_a_leak_in_Java_with_the_time_until_Old_is_full()
    {
        object[] samples = [.. Enumerable.Range(0, 60).Select(i => Heap(i, 100 + i + (i % 5 * 10), i / 5))];

        ProcessMemoryGrowth growth = Assert.IsType<ProcessMemoryGrowth>(Assert.Single(Measure(samples).Output));

        Assert.Equal(("Old", "app.Main", GrowthVerdict.Growing), (growth.Measure, growth.Name, growth.Verdict));
        Assert.Equal("Old", growth.Limit);
        Assert.InRange(growth.TimeToLimit!.Value.TotalMinutes, 1000 - 170, 1000 - 140);
    }

    [Fact]
    public void Old_that_was_never_collected_says_nothing()
    {
        object[] samples = [.. Enumerable.Range(0, 60).Select(i => Heap(i, 100 + i, 0))];

        ProcessMemoryGrowth growth = Assert.IsType<ProcessMemoryGrowth>(Assert.Single(Measure(samples).Output));

        Assert.Equal(GrowthVerdict.Inconclusive, growth.Verdict);
        Assert.Contains("collected", growth.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_without_the_property_is_an_error_about_it()
    {
        object bad = new { Id = 7, Time = Start, Name = "web" };
        object garbled = new { Id = 7, Time = "yesterday", RssAnon = 5 };

        RecordingShell shell = Measure([bad, garbled, .. Enumerable.Range(0, 2).Select(i => Sample(7, "web", i, MiB))]);

        Assert.Equal([ErrorIds.SampleInvalid, ErrorIds.SampleInvalid], shell.Errors.Select(error => error.Id));
        Assert.Equal(2, Assert.IsType<ProcessMemoryGrowth>(Assert.Single(shell.Output)).Samples);
    }

    [Theory]
    [InlineData(long.MaxValue, 0L)]
    [InlineData(-5L, 0L)]
    [InlineData("9223372036854775808", 0L)]
    [InlineData(double.NaN, 0L)]
    [InlineData("many", 0L)]
    [InlineData(true, 0L)]
    public void A_size_that_no_machine_has_is_an_error_about_the_sample(object bytes, object swap) =>
        Assert.Equal(ErrorIds.SampleInvalid, Assert.Single(Measure([new { Id = 7, Time = Start, RssAnon = bytes, Swap = swap }]).Errors).Id);

    [Fact]
    public void Samples_from_the_ends_of_the_calendar_are_samples()
    {
        object[] samples = [.. Enumerable.Range(0, 60).Select(i => (object)new { Id = 7, Time = i % 2 == 0 ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue, RssAnon = i })];

        Assert.Equal(60, Assert.IsType<ProcessMemoryGrowth>(Assert.Single(Measure(samples).Output)).Samples);
    }

    [Fact]
    public void An_object_without_an_id_is_an_error_about_it() =>
        Assert.Equal(ErrorIds.InputObjectInvalid, Assert.Single(Measure([new { Time = Start, RssAnon = 5 }]).Errors).Id);

    [Fact]
    public void A_captured_machine_has_only_one_reading()
    {
        RecordingShell shell = CmdletRun.Run(new MeasureProcessMemoryGrowthCommand { Root = Fixture.PathOf("6.12.117+deb12-amd64-numa2") });

        Assert.Equal(ErrorIds.LiveMachineNeeded, Assert.Single(shell.Errors).Id);
    }

    [Fact]
    public void A_process_that_is_not_there_is_one_error_however_many_samples()
    {
        RecordingShell shell = CmdletRun.Run(new MeasureProcessMemoryGrowthCommand { Id = [int.MaxValue, Environment.ProcessId], MaxSamples = 3, SampleInterval = 0.01 });

        Assert.Equal(ErrorIds.ProcessNotFound, Assert.Single(shell.Errors).Id);
        ProcessMemoryGrowth growth = Assert.IsType<ProcessMemoryGrowth>(Assert.Single(shell.Output));
        Assert.Equal((3, GrowthVerdict.Inconclusive), (growth.Samples, growth.Verdict));
    }

    [Fact]
    public void Processes_read_just_now_are_processes_to_measure()
    {
        RecordingShell shell = CmdletRun.Run(new MeasureProcessMemoryGrowthCommand
        {
            InputObject = [new ProcessMemory { Id = Environment.ProcessId, Access = ProcessMemoryAccess.Full, RssAnon = 1, Time = DateTimeOffset.Now }],
            MaxSamples = 4,
            SampleInterval = 0.01,
        });

        Assert.Equal(4, Assert.IsType<ProcessMemoryGrowth>(Assert.Single(shell.Output)).Samples);
    }

    [Fact]
    public void Continuous_and_a_number_of_samples_cannot_both_be_meant()
    {
        MeasureProcessMemoryGrowthCommand command = new() { Id = [Environment.ProcessId], MaxSamples = 100 };
        command.Switches.Add("Continuous");

        Assert.Equal(ErrorIds.ParametersConflict, Assert.Single(CmdletRun.Run(command).Errors).Id);
    }

    private static RecordingShell Measure(object[] samples, GrowthProperty property = GrowthProperty.Memory) =>
        CmdletRun.Run(new MeasureProcessMemoryGrowthCommand { InputObject = samples, Property = property });

    private static ProcessMemory Sample(int id, string name, int minute, long bytes, DateTimeOffset? start = null) => new ProcessMemory
    {
        Id = id,
        Name = name,
        Access = ProcessMemoryAccess.Full,
        StartTime = start ?? Start,
        Time = Start.AddMinutes(minute),
        RssAnon = bytes,
        Swap = 0,
    };

    private static object Heap(int minute, long oldMiB, long collections) => new
    {
        Id = 9,
        MainClass = "app.Main",
        Collector = "Serial",
        StartTime = Start,
        Time = Start.AddMinutes(minute),
        OldUsed = oldMiB * MiB,
        OldMaximum = 1000 * MiB,
        FullCollections = collections,
        OldAfterFullCollection = minute % 5 == 0 ? (long?)(oldMiB * MiB) : null,
    };
}
