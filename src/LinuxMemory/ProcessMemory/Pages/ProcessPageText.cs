namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="ProcessPageRange"/>.</summary>
public static class ProcessPageText
{
    private static readonly (string Property, string Word)[] Traits =
    [
        (nameof(ProcessPageRange.IsHuge), "huge"),
        (nameof(ProcessPageRange.IsShared), "shared"),
        (nameof(ProcessPageRange.IsSoftDirty), "written"),
        (nameof(ProcessPageRange.IsGuard), "guard"),
    ];

    /// <summary>What is true of the pages, in words: "huge shared"; "-" where nothing is.</summary>
    public static string Marks(object range)
    {
        ArgumentNullException.ThrowIfNull(range);
        string words = string.Join(' ', Traits.Where(trait => Shown.Value(range, trait.Property) is true).Select(trait => trait.Word));
        return words.Length > 0 ? words : "-";
    }

    /// <summary>The file's name, the kernel's label, or else the kind.</summary>
    public static string Mapping(object range)
    {
        ArgumentNullException.ThrowIfNull(range);
        string? name = Shown.Text(range, nameof(ProcessPageRange.Mapping));
        return Display.Text(name is ['/', ..] ? Path.GetFileName(name) : name ?? Shown.Text(range, nameof(ProcessPageRange.Kind)));
    }
}
