using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Words of the view of candidates.</summary>
public static class OomText
{
    private const int Width = 10;

    /// <summary>Ten characters, # for each tenth of the first candidate's badness; nothing for who is never chosen.</summary>
    public static string Bar(object? percent) => percent is null
        ? ""
        : new string('#', (int)Math.Ceiling(Convert.ToDouble(percent, CultureInfo.InvariantCulture) * Width / 100)).PadRight(Width, '.');

    /// <summary>What becomes of a process's place: "rank 12 of 60 becomes 1".</summary>
    internal static string Move(IReadOnlyList<OomCandidate> before, IReadOnlyList<OomCandidate> after, int id)
    {
        OomCandidate? old = before.FirstOrDefault(candidate => candidate.Id == id);
        OomCandidate? changed = after.FirstOrDefault(candidate => candidate.Id == id);
        string of = string.Create(CultureInfo.InvariantCulture, $" of {after.Count(candidate => candidate.Rank is not null)}");
        return (old?.Rank, changed?.Rank) switch
        {
            (null, null) => "it is never chosen in any case",
            (int rank, null) => string.Create(CultureInfo.InvariantCulture, $"rank {rank} becomes: never chosen"),
            (null, int rank) => string.Create(CultureInfo.InvariantCulture, $"never chosen becomes rank {rank}{of}"),
            (int rank, int now) when rank == now => string.Create(CultureInfo.InvariantCulture, $"rank {rank}{of} stays"),
            (int rank, int now) => string.Create(CultureInfo.InvariantCulture, $"rank {rank} becomes {now}{of}"),
        };
    }
}
