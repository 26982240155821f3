using System.Collections;

namespace LinuxMemory.Commands;

/// <summary>Cells of the views of <see cref="ProcessNumaMapping"/>, <see cref="ProcessNumaSummary"/> and <see cref="ProcessMemoryMove"/>.</summary>
public static class ProcessNumaText
{
    /// <summary>Sizes by node: "0: 12.0 MiB, 1: 3.5 MiB"; "-" where there is nothing on any.</summary>
    public static string Nodes(object? bytesByNode)
    {
        if (bytesByNode is not IEnumerable all)
        {
            return "-";
        }
        string text = string.Join(", ", all.Cast<object>().Select((bytes, node) => (Bytes: Convert.ToInt64(bytes, null), Node: node))
            .Where(one => one.Bytes > 0).Select(one => $"{one.Node}: {Display.Size(one.Bytes)}"));
        return text.Length > 0 ? text : "-";
    }

    /// <summary>The file's name, or else the kind.</summary>
    public static string Mapping(object mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return Display.Text(Shown.Text(mapping, nameof(ProcessNumaMapping.Path)) is string path ? Path.GetFileName(path) : Shown.Text(mapping, nameof(ProcessNumaMapping.Kind)));
    }
}
