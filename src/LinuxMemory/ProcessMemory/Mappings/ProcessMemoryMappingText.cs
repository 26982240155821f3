using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="ProcessMemoryMapping"/>, which shows what pmap -X shows.</summary>
public static class ProcessMemoryMappingText
{
    /// <summary>The process that a group of mappings belongs to: "4711 (bash)".</summary>
    public static string Process(object mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return string.Create(CultureInfo.InvariantCulture, $"{Shown.Value(mapping, nameof(ProcessMemoryMapping.ProcessId))} ({Display.Text(Shown.Value(mapping, nameof(ProcessMemoryMapping.ProcessName)))})");
    }

    /// <summary>Bytes in memory that are not as they are on disk: shared and private.</summary>
    public static string Dirty(object mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return Display.Size(Shown.Number(mapping, nameof(ProcessMemoryMapping.SharedDirty)) + Shown.Number(mapping, nameof(ProcessMemoryMapping.PrivateDirty)));
    }

    /// <summary>The file's name, the kernel's label, or else the kind; a thread's stack has the thread's id and name.</summary>
    public static string Name(object mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        string? thread = Shown.Text(mapping, nameof(ProcessMemoryMapping.ThreadId));
        string threadName = Shown.Text(mapping, nameof(ProcessMemoryMapping.ThreadName)) is string known ? $" ({known})" : "";
        string? name = Shown.Text(mapping, nameof(ProcessMemoryMapping.Path)) is string path ? Path.GetFileName(path)
            : Shown.Text(mapping, nameof(ProcessMemoryMapping.Label))
                ?? (thread is null ? Shown.Text(mapping, nameof(ProcessMemoryMapping.Kind)) : $"stack of {thread}{threadName}");
        return Display.Text(Shown.Value(mapping, nameof(ProcessMemoryMapping.IsDeleted)) is true ? name + " (deleted)" : name);
    }
}
