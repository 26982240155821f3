namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="ProcessMemory"/>.</summary>
public static class ProcessMemoryText
{
    /// <summary>The user's name, or the id where the machine knows no name.</summary>
    public static string User(ProcessMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return Display.Text(memory.UserName ?? (object?)memory.UserId);
    }
}
