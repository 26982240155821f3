namespace LinuxMemory;

/// <summary>
/// Names for the bits of a request for memory on kernels that print the number alone (before 4.6). The bits meant other things
/// from 4.4 on, so the kernel's version decides; without one, the bits that only one era has. Source: include/linux/gfp.h.
/// </summary>
internal static class GfpNames
{
    private const ulong BothReclaims = 0x2400000;

    // As the kernel itself later does: combinations first, largest first.
    private static readonly (ulong Bits, string Name)[] Until43 =
    [
        (0x200da, "GFP_HIGHUSER_MOVABLE"), (0x200d2, "GFP_HIGHUSER"), (0x200d0, "GFP_USER"), (0x800d0, "GFP_TEMPORARY"), (0xd0, "GFP_KERNEL"),
        (0x50, "GFP_NOFS"), (0x20, "GFP_ATOMIC"), (0x10, "GFP_NOIO"),
        (0x1, "__GFP_DMA"), (0x2, "__GFP_HIGHMEM"), (0x4, "__GFP_DMA32"), (0x8, "__GFP_MOVABLE"), (0x40, "__GFP_IO"), (0x80, "__GFP_FS"),
        (0x100, "__GFP_COLD"), (0x200, "__GFP_NOWARN"), (0x400, "__GFP_REPEAT"), (0x800, "__GFP_NOFAIL"), (0x1000, "__GFP_NORETRY"),
        (0x2000, "__GFP_MEMALLOC"), (0x4000, "__GFP_COMP"), (0x8000, "__GFP_ZERO"), (0x10000, "__GFP_NOMEMALLOC"), (0x20000, "__GFP_HARDWALL"),
        (0x40000, "__GFP_THISNODE"), (0x80000, "__GFP_RECLAIMABLE"), (0x200000, "__GFP_NOTRACK"), (0x400000, "__GFP_NO_KSWAPD"),
        (0x800000, "__GFP_OTHER_NODE"), (0x1000000, "__GFP_WRITE"),
    ];

    private static readonly (ulong Bits, string Name)[] Since44 =
    [
        (0x24200ca, "GFP_HIGHUSER_MOVABLE"), (0x24200c2, "GFP_HIGHUSER"), (0x24200c0, "GFP_USER"), (0x24000d0, "GFP_TEMPORARY"), (0x24000c0, "GFP_KERNEL"),
        (0x2400040, "GFP_NOFS"), (0x2080020, "GFP_ATOMIC"), (BothReclaims, "GFP_NOIO"), (0x2000000, "GFP_NOWAIT"),
        (0x1, "__GFP_DMA"), (0x2, "__GFP_HIGHMEM"), (0x4, "__GFP_DMA32"), (0x8, "__GFP_MOVABLE"), (0x10, "__GFP_RECLAIMABLE"), (0x20, "__GFP_HIGH"),
        (0x40, "__GFP_IO"), (0x80, "__GFP_FS"), (0x100, "__GFP_COLD"), (0x200, "__GFP_NOWARN"), (0x400, "__GFP_REPEAT"), (0x800, "__GFP_NOFAIL"),
        (0x1000, "__GFP_NORETRY"), (0x2000, "__GFP_MEMALLOC"), (0x4000, "__GFP_COMP"), (0x8000, "__GFP_ZERO"), (0x10000, "__GFP_NOMEMALLOC"),
        (0x20000, "__GFP_HARDWALL"), (0x40000, "__GFP_THISNODE"), (0x80000, "__GFP_ATOMIC"), (0x100000, "__GFP_ACCOUNT"), (0x200000, "__GFP_NOTRACK"),
        (0x400000, "__GFP_DIRECT_RECLAIM"), (0x800000, "__GFP_OTHER_NODE"), (0x1000000, "__GFP_WRITE"),
    ];

    /// <summary>The names of a mask's bits; what has none stays a number. None for the kernels that print names themselves.</summary>
    /// <param name="mask">The bits.</param>
    /// <param name="release">The kernel's release; null when the report does not say.</param>
    public static IReadOnlyList<string> Of(ulong mask, string? release)
    {
        (int Major, int Minor)? version = VersionOf(release);
        if (version is not null && version.Value.CompareTo((4, 6)) >= 0)
        {
            return [];
        }
        bool isNewer = version is null ? (mask & BothReclaims) == BothReclaims : version.Value.CompareTo((4, 4)) >= 0;
        List<string> names = [];
        ulong left = mask;
        foreach ((ulong bits, string name) in isNewer ? Since44 : Until43)
        {
            if ((left & bits) == bits)
            {
                names.Add(name);
                left &= ~bits;
            }
        }
        // Memory accounting had the bit in two meanings.
        if (!isNewer && (left & 0x100000) != 0 && version is not null)
        {
            names.Add(version.Value.CompareTo((4, 1)) >= 0 ? "__GFP_NOACCOUNT" : "__GFP_KMEMCG");
            left &= ~0x100000UL;
        }
        if (left != 0)
        {
            names.Add(LogText.Hex(left));
        }
        return names;
    }

    /// <summary>The two first numbers of a release such as "3.10.0-1160.el7.x86_64".</summary>
    public static (int Major, int Minor)? VersionOf(string? release)
    {
        string[] parts = (release ?? "").Split('.', '-', '+');
        return parts.Length >= 2 && int.TryParse(parts[0], out int major) && int.TryParse(parts[1], out int minor) ? (major, minor) : null;
    }
}
