using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Makes samples of what Get-ProcessMemory or Get-JavaHeap wrote, now or on an earlier day.</summary>
internal static class GrowthSamples
{
    private static readonly string[] Names = ["Name", "ProcessName", "MainClass"];

    /// <summary>True for an object that says when it was taken; a process as Get-Process writes it does not.</summary>
    public static bool IsSample(object item) => new PipedObject(item).Value(nameof(ProcessMemory.Time)) is not null;

    /// <summary>The sample in an object.</summary>
    /// <exception cref="MemoryErrorException">It does not tell the property, or garbled.</exception>
    public static GrowthSample From(object item, int id, GrowthProperty property)
    {
        PipedObject piped = new(item);
        DateTimeOffset time = piped.Time(nameof(ProcessMemory.Time))
            ?? throw Invalid(item, $"The Time of a sample of process {id} is '{piped.Text(nameof(ProcessMemory.Time))}', which is no time.");
        GrowthSample? sample = property == GrowthProperty.Memory && piped.Bytes(nameof(JavaHeap.OldUsed)) is long old
            ? FromHeap(piped, id, time, old)
            : FromProcess(piped, id, time, property);
        return sample ?? throw Invalid(item,
            $"A sample of process {id} does not tell {(property == GrowthProperty.Memory ? "RssAnon, Uss, Pss or Rss" : property)}. Pipe in what Get-ProcessMemory or Get-JavaHeap writes.");
    }

    /// <summary>The sample of a process that has just been read; null when the property is not known.</summary>
    public static GrowthSample? From(ProcessMemory memory, GrowthProperty property) => FromProcess(new PipedObject(memory), memory.Id, memory.Time, property);

    private static GrowthSample? FromProcess(PipedObject piped, int id, DateTimeOffset time, GrowthProperty property)
    {
        (string Measure, long Value)? chosen = property == GrowthProperty.Memory ? GrowthSample.Choose(piped.Bytes)
            : piped.Bytes(property.ToString()) is long value ? (property.ToString(), value) : null;
        return chosen is not (string measure, long bytes) ? null : new GrowthSample
        {
            Id = id,
            Name = NameOf(piped),
            StartTime = piped.Time(nameof(ProcessMemory.StartTime)),
            Time = time,
            Measure = measure,
            Value = bytes,
        };
    }

    private static GrowthSample FromHeap(PipedObject piped, int id, DateTimeOffset time, long old)
    {
        // What ZGC collects while the program runs is the whole heap; G1's concurrent phases alone collect nothing of Old.
        bool isZ = piped.Text(nameof(JavaHeap.Collector)) == JavaCollector.Z;
        return new GrowthSample
        {
            Id = id,
            Name = NameOf(piped),
            StartTime = piped.Time(nameof(JavaHeap.StartTime)),
            Time = time,
            Measure = "Old",
            Value = old,
            AfterCollection = piped.Bytes(nameof(JavaHeap.OldAfterFullCollection)),
            Collections = piped.Bytes(nameof(JavaHeap.FullCollections)) + (isZ ? piped.Bytes(nameof(JavaHeap.ConcurrentCollections)) ?? 0 : 0),
            Limit = piped.Bytes(nameof(JavaHeap.OldMaximum)),
        };
    }

    private static string? NameOf(PipedObject piped) => Names.Select(piped.Text).FirstOrDefault(name => name is not null);

    private static MemoryErrorException Invalid(object item, string message) =>
        new(ErrorRecords.Make(ErrorIds.SampleInvalid, ErrorCategory.InvalidData, message, item));
}
