namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="ProcessMemoryLimit"/>.</summary>
public static class ProcessLimitText
{
    /// <summary>A limit: its size, or the word unlimited.</summary>
    public static string Limit(object? bytes) => bytes is null ? "unlimited" : Display.Size(bytes);
}
