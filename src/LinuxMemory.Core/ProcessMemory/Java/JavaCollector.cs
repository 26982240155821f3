namespace LinuxMemory;

/// <summary>The names of garbage collectors, as -XX:+Use...GC spells them.</summary>
public static class JavaCollector
{
    /// <summary>-XX:+UseSerialGC.</summary>
    public const string Serial = nameof(Serial);

    /// <summary>-XX:+UseParallelGC.</summary>
    public const string Parallel = nameof(Parallel);

    /// <summary>-XX:+UseConcMarkSweepGC, up to Java 13.</summary>
    public const string ConcMarkSweep = nameof(ConcMarkSweep);

    /// <summary>-XX:+UseG1GC.</summary>
    public const string G1 = nameof(G1);

    /// <summary>-XX:+UseZGC.</summary>
    public const string Z = nameof(Z);

    /// <summary>-XX:+UseShenandoahGC.</summary>
    public const string Shenandoah = nameof(Shenandoah);

    // How the names of a JVM's collectors begin; those of Java 8 say the algorithm.
    private static readonly (string Beginning, string Name)[] Beginnings =
    [
        ("ParNew", ConcMarkSweep), ("CMS", ConcMarkSweep),
        ("Serial", Serial), ("Copy", Serial), ("MSC", Serial),
        ("Parallel", Parallel), ("PS", Parallel),
        ("G1", G1), ("Z", Z), ("Shenandoah", Shenandoah),
    ];

    internal static string? Of(PerfData counters)
    {
        string[] names = [.. Enumerable.Range(0, 3).Select(i => counters.Text($"sun.gc.collector.{i}.name")).OfType<string>()];
        return Beginnings.FirstOrDefault(known => names.Any(name => name.StartsWith(known.Beginning, StringComparison.Ordinal))).Name
            ?? names.FirstOrDefault() ?? counters.Text("sun.gc.policy.name");
    }
}
