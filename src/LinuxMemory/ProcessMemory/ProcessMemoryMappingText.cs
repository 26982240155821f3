using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="ProcessMemoryMapping"/>, which shows what pmap -X shows.</summary>
public static class ProcessMemoryMappingText
{
    /// <summary>The process that a group of mappings belongs to: "4711 (bash)".</summary>
    public static string Process(ProcessMemoryMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return string.Create(CultureInfo.InvariantCulture, $"{mapping.ProcessId} ({Display.Text(mapping.ProcessName)})");
    }

    /// <summary>Bytes in memory that are not as they are on disk: shared and private.</summary>
    public static string Dirty(ProcessMemoryMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return Display.Size(mapping.SharedDirty + mapping.PrivateDirty);
    }

    /// <summary>The file's name, the kernel's label, or else the kind; a thread's stack has the thread's id.</summary>
    public static string Name(ProcessMemoryMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        string name = mapping.Path is not null ? Path.GetFileName(mapping.Path)
            : mapping.Label ?? (mapping.ThreadId is null ? $"{mapping.Kind}" : string.Create(CultureInfo.InvariantCulture, $"stack of {mapping.ThreadId}"));
        return Display.Text(mapping.IsDeleted ? name + " (deleted)" : name);
    }
}
