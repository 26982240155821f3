namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="ProcessMemory"/>.</summary>
public static class ProcessMemoryText
{
    /// <summary>The user's name, or the id where the machine knows no name.</summary>
    public static string User(object memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return Display.Text(Shown.Value(memory, nameof(ProcessMemory.UserName)) ?? Shown.Value(memory, nameof(ProcessMemory.UserId)));
    }
}
