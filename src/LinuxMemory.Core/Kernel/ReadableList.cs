using System.Collections.ObjectModel;
using System.Globalization;

namespace LinuxMemory.Kernel;

/// <summary>A list whose text is that of what is in it, so that CSV files show it: "4096, 0, 12288".</summary>
internal sealed class ReadableList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    public override string ToString() => string.Join(", ", this.Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)));
}

/// <summary>Numbers by name whose text is that of what is in it: "anon=3, dirty=3".</summary>
internal sealed class ReadableCounts : Dictionary<string, long>
{
    public static ReadableCounts Of(IEnumerable<KeyValuePair<string, long>> counts)
    {
        ReadableCounts readable = [];
        foreach ((string name, long count) in counts)
        {
            readable[name] = count;
        }
        return readable;
    }

    public override string ToString() => string.Join(", ", this.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key}={count.Value}")));
}
