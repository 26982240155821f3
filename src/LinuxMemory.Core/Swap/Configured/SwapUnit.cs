namespace LinuxMemory;

/// <summary>A systemd unit that enables a swap area. Source: systemd.swap(5).</summary>
public sealed record SwapUnit
{
    /// <summary>The unit's name, "swapfile.swap": systemd makes it from the area's path.</summary>
    public required string Name { get; init; }

    /// <summary>The absolute path of the unit's file.</summary>
    public required string File { get; init; }

    /// <summary>The area: a path, or a tag such as UUID=; null where the file does not say and systemd refuses it.</summary>
    public string? What { get; init; }

    /// <summary>The priority; null where it is not set.</summary>
    public int? Priority { get; init; }

    /// <summary>Options by comma, as in fstab; empty where there are none.</summary>
    public string Options { get; init; } = "";

    /// <summary>The file that a generator made it from, such as /etc/fstab; null for a unit that people or packages wrote.</summary>
    public string? MadeFrom { get; init; }

    /// <summary>True when a target asks for it at boot.</summary>
    public bool IsEnabled { get; init; }
}
