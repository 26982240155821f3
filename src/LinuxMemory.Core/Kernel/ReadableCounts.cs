using System.Globalization;

namespace LinuxMemory.Kernel;

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
