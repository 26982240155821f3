using System.Collections.ObjectModel;
using System.Globalization;

namespace LinuxMemory.Kernel;

/// <summary>A list whose text is that of what is in it, so that CSV files show it: "4096, 0, 12288".</summary>
internal sealed class ReadableList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    public override string ToString() => string.Join(", ", this.Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)));
}
