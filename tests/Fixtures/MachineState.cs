namespace LinuxMemory.Fixtures;

/// <summary>What live tests may touch, as it was before them: compared when the last of a class has run.</summary>
public sealed class MachineState : IDisposable
{
    // Counters and what only says how the kernel did something.
    private static readonly string[] Moving = ["stat_refresh", "compact_memory", "drop_caches"];

    private readonly string _before = Read();

    public void Dispose()
    {
        string after = Read();
        if (Live.Obstacle is null && _before != after)
        {
            IEnumerable<string> differences = after.Split('\n').Except(_before.Split('\n'));
            throw new InvalidOperationException($"The tests left the machine changed: {string.Join("; ", differences)}");
        }
    }

    private static string Read()
    {
        IEnumerable<string> settings = Directory.GetFiles("/proc/sys/vm").Concat(Directory.GetFiles("/sys/kernel/mm/transparent_hugepage"))
            .Where(path => !Moving.Contains(Path.GetFileName(path))).Order(StringComparer.Ordinal).Select(path => $"{path}: {TryRead(path)}");
        return string.Join('\n', settings.Append(File.ReadAllText("/proc/swaps").Split('\n')[0]).Append(File.ReadAllText("/proc/self/mounts")));
    }

    private static string TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "cannot be read";
        }
    }
}
