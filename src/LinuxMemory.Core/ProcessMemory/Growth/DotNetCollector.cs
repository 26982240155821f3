using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// What a .NET process's collector of the whole heap did, as far as that is seen from outside: it has threads of their own, which wait
/// after each such collection. They come with the first one and go after 20 idle seconds; where DOTNET_gcConcurrent is 0 there are none.
/// </summary>
internal sealed record DotNetCollector(IReadOnlyDictionary<int, long> Waits)
{
    // Since .NET 5, and before, cut by the kernel.
    private static readonly string[] Names = [".NET BGC", ".NET Background"];

    /// <summary>Reads it; null when that is denied, or a thread ended meanwhile.</summary>
    public static DotNetCollector? Read(KernelDirectory process)
    {
        ArgumentNullException.ThrowIfNull(process);
        try
        {
            return new DotNetCollector(process.ListNumbers("task").Where(thread => IsCollector(process, thread)).ToDictionary(thread => thread, thread => WaitsOf(process, thread)));
        }
        catch (KernelException e) when (e.IsAbsent || e.IsDenied)
        {
            return null;
        }
    }

    /// <summary>True when it collected since an earlier reading.</summary>
    public bool HasCollectedSince(DotNetCollector earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return Waits.Any(thread => thread.Value > earlier.Waits.GetValueOrDefault(thread.Key));
    }

    private static bool IsCollector(KernelDirectory process, int thread)
    {
        using KernelReader reader = process.Read(string.Create(CultureInfo.InvariantCulture, $"task/{thread}/comm"));
        return Names.Contains(reader.ReadText());
    }

    private static long WaitsOf(KernelDirectory process, int thread)
    {
        using KernelReader reader = process.Read(string.Create(CultureInfo.InvariantCulture, $"task/{thread}/status"));
        while (reader.ReadLine(out KernelLine line))
        {
            if (line.TrySkip("voluntary_ctxt_switches:"u8))
            {
                return line.TakeInt64();
            }
        }
        throw reader.Ended("the key voluntary_ctxt_switches");
    }
}
