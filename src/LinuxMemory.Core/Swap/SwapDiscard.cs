namespace LinuxMemory;

/// <summary>When the kernel tells the device which parts of a swap area are free. Source: swapon(2).</summary>
public enum SwapDiscard
{
    /// <summary>Never.</summary>
    None,
    /// <summary>Once, the whole area, when it is enabled.</summary>
    Once,
    /// <summary>Freed page clusters, before they are used again.</summary>
    Pages,
    /// <summary>Both.</summary>
    Both,
}
