namespace LinuxMemory;

/// <summary>
/// The heap of a Java process and what its collector did, as the JVM counts. Sizes are bytes. What its collector does not have is
/// null: ZGC and Shenandoah have no Eden and no survivor spaces, and keep the whole heap in Old.
/// </summary>
public sealed partial record JavaHeap
{
    /// <summary>The process id, outside of any container.</summary>
    public required int Id { get; init; }

    /// <summary>When the process started, to 1/100 s; null when the machine does not tell.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it was read.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The class with main, or the .jar file, as jps -l shows it. Source: sun.rt.javaCommand, up to its first space.</summary>
    public string? MainClass { get; init; }

    /// <summary>The version of Java, "17.0.15". Source: java.property.java.version, since Java 11.</summary>
    public string? JavaVersion { get; init; }

    /// <summary>The collector: Serial, Parallel, ConcMarkSweep, G1, Z, Shenandoah, or the JVM's own word for another.</summary>
    public string? Collector { get; init; }

    /// <summary>Survivor space 0: S0C and S0U of jstat.</summary>
    public JavaSpace? Survivor0 { get; init; }

    /// <summary>Survivor space 1: S1C and S1U of jstat.</summary>
    public JavaSpace? Survivor1 { get; init; }

    /// <summary>Where new objects go: EC and EU of jstat.</summary>
    public JavaSpace? Eden { get; init; }

    /// <summary>Objects that survived: OC and OU of jstat.</summary>
    public JavaSpace? Old { get; init; }

    /// <summary>Classes, outside of the heap: MC and MU of jstat.</summary>
    public JavaSpace? Metaspace { get; init; }

    /// <summary>The part of Metaspace that compressed class pointers reach: CCSC and CCSU of jstat.</summary>
    public JavaSpace? CompressedClass { get; init; }

    /// <summary>Collections of the young generation: YGC of jstat.</summary>
    public long? YoungCollections { get; init; }

    /// <summary>The time they took: YGCT of jstat.</summary>
    public TimeSpan? YoungTime { get; init; }

    /// <summary>Full collections: FGC of jstat.</summary>
    public long? FullCollections { get; init; }

    /// <summary>The time they took: FGCT of jstat.</summary>
    public TimeSpan? FullTime { get; init; }

    /// <summary>Pauses of collections that run beside the program: CGC of jstat.</summary>
    public long? ConcurrentCollections { get; init; }

    /// <summary>The time they took: CGCT of jstat.</summary>
    public TimeSpan? ConcurrentTime { get; init; }

    /// <summary>The time of all collections: GCT of jstat.</summary>
    public TimeSpan? TotalTime => YoungTime is null && FullTime is null && ConcurrentTime is null ? null
        : (YoungTime ?? default) + (FullTime ?? default) + (ConcurrentTime ?? default);

    /// <summary>
    /// Bytes of Old that the last full collection left; null when none has run or a younger collection came after it, for then Old
    /// holds what that one moved there. A floor that rises from one full collection to the next is what a leak looks like.
    /// </summary>
    public long? OldAfterFullCollection { get; init; }

    internal static JavaHeap From(PerfData counters, int id, DateTimeOffset? start, DateTimeOffset time)
    {
        JavaSpace? old = JavaSpace.Of(counters, "sun.gc.generation.1.space.0");
        return new JavaHeap
        {
            Id = id,
            StartTime = start,
            Time = time,
            MainClass = counters.Text("sun.rt.javaCommand")?.Split(' ')[0] is { Length: > 0 } main ? main : null,
            JavaVersion = counters.Text("java.property.java.version"),
            Collector = JavaCollector.Of(counters),
            Eden = JavaSpace.Of(counters, "sun.gc.generation.0.space.0"),
            Survivor0 = JavaSpace.Of(counters, "sun.gc.generation.0.space.1"),
            Survivor1 = JavaSpace.Of(counters, "sun.gc.generation.0.space.2"),
            Old = old,
            Metaspace = JavaSpace.Of(counters, "sun.gc.metaspace"),
            CompressedClass = JavaSpace.Of(counters, "sun.gc.compressedclassspace"),
            YoungCollections = counters.Count("sun.gc.collector.0.invocations"),
            YoungTime = counters.Duration("sun.gc.collector.0.time"),
            FullCollections = counters.Count("sun.gc.collector.1.invocations"),
            FullTime = counters.Duration("sun.gc.collector.1.time"),
            ConcurrentCollections = counters.Count("sun.gc.collector.2.invocations"),
            ConcurrentTime = counters.Duration("sun.gc.collector.2.time"),
            OldAfterFullCollection = WasFull(counters) ? old?.Used : null,
        };
    }

    // Old is counted at the end of each collection: it is what the full one left as long as that was the last.
    private static bool WasFull(PerfData counters) =>
        counters.Number("sun.gc.collector.1.invocations") > 0
        && counters.Number("sun.gc.collector.1.lastExitTime") > (counters.Number("sun.gc.collector.0.lastExitTime") ?? 0);
}
