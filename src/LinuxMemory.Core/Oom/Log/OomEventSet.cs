namespace LinuxMemory;

/// <summary>Events that were seen, to tell the same one in another log: it has the same victim at the same moment.</summary>
internal sealed class OomEventSet
{
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(int?, string?), List<OomEvent>> _events = [];

    /// <summary>Adds an event; false when it is there.</summary>
    public bool Add(OomEvent added)
    {
        if (Find(added) is not null)
        {
            return false;
        }
        (int?, string?) key = (added.VictimId, added.VictimName);
        if (!_events.TryGetValue(key, out List<OomEvent>? events))
        {
            _events[key] = events = [];
        }
        // The texts and tables are not needed to tell it.
        events.Add(added with { Text = "", Tasks = [], Memory = null, Victims = [] });
        return true;
    }

    /// <summary>The same event as it was added; null when it was not.</summary>
    public OomEvent? Find(OomEvent sought) =>
        _events.TryGetValue((sought.VictimId, sought.VictimName), out List<OomEvent>? events) ? events.Find(known => IsSame(known, sought)) : null;

    /// <summary>True when two descriptions are of one event.</summary>
    public static bool IsSame(OomEvent one, OomEvent other) =>
        one.VictimId == other.VictimId && one.VictimName == other.VictimName
        // Where nobody is named, what was asked for tells one report from the next.
        && (one.VictimId is not null || (one.Invoker == other.Invoker && one.InvokerId == other.InvokerId && one.Order == other.Order && one.GfpMask == other.GfpMask))
        && (one.SinceBoot is not null && other.SinceBoot is not null ? one.SinceBoot == other.SinceBoot
            : one.Time is not null && other.Time is not null ? (one.Time.Value - other.Time.Value).Duration() <= Lag
            : one.SinceBoot == other.SinceBoot && one.Time == other.Time);
}
