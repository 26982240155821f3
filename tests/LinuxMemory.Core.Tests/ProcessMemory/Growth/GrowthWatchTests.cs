using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class GrowthWatchTests
{
    [Fact]
    public void A_growing_heap_of_a_collector_is_named_as_what_it_may_be()
    {
        // This process is one of .NET.
        ProcessMemory own = new ProcessMemoryReader(Machine.Live) { Fast = true }.Read(Environment.ProcessId, false)!;
        ProcessMemoryGrowthMeter meter = new();
        for (int i = 0; i < 100; i++)
        {
            meter.Add(new GrowthSample { Id = own.Id, StartTime = own.StartTime, Time = own.Time.AddMinutes(i), Measure = "RssAnon+Swap", Value = (50L << 20) + (i << 20) });
        }
        ProcessMemoryGrowth growth = Assert.Single(meter.Results());

        ProcessMemoryGrowth explained = new GrowthWatch(Machine.Live).Explain(growth);

        Assert.Equal(GrowthVerdict.Growing, growth.Verdict);
        Assert.Equal(GrowthVerdict.Growing, explained.Verdict);
        Assert.DoesNotContain(".NET", growth.Reason, StringComparison.Ordinal);
        Assert.Contains(".NET", explained.Reason, StringComparison.Ordinal);
    }
}
