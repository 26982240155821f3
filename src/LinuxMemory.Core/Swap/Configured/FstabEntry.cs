using System.Globalization;

namespace LinuxMemory;

/// <summary>
/// What a line of /etc/fstab says: "UUID=5b2f… none swap defaults,nofail,pri=10 0 0". Texts have their escapes undone.
/// Source: fstab(5), swapon(8).
/// </summary>
public sealed record FstabEntry
{
    /// <summary>The device, file, tag or name, as it stands there: "/swapfile", "UUID=5b2f…", "hugetlbfs".</summary>
    public required string Source { get; init; }

    /// <summary>Where it is mounted; "none" or "swap" for a swap area.</summary>
    public required string MountPoint { get; init; }

    /// <summary>The type: "swap", "ext4", "hugetlbfs".</summary>
    public required string FileSystem { get; init; }

    /// <summary>Options by comma; empty where the line ends before.</summary>
    public string Options { get; init; } = "";

    /// <summary>Whether dump(8) saves it; 0 where the line does not say.</summary>
    public int Dump { get; init; }

    /// <summary>When fsck(8) checks it at boot; 0 for never, and where the line does not say.</summary>
    public int Pass { get; init; }

    /// <summary>The line's number in the file, from 1; 0 for one that is in no file.</summary>
    public int Line { get; init; }

    /// <summary>How it names what it is about.</summary>
    public FstabSource Names => FstabSource.Of(Source);

    /// <summary>True for a swap area.</summary>
    public bool IsSwap => FileSystem == "swap";

    /// <summary>True when the boot goes on without it; else a missing area delays the boot by 90 s.</summary>
    public bool IsNoFail => Has("nofail");

    /// <summary>True when it is not enabled at boot.</summary>
    public bool IsNoAuto => Has("noauto");

    /// <summary>The priority of a swap area, pri=; null where there is none or no number that the kernel takes.</summary>
    public int? Priority => SwapOptions.Priority(Options);

    /// <summary>discard, discard=once or discard=pages of a swap area.</summary>
    public SwapDiscard Discard => SwapOptions.Discard(Options);

    /// <summary>The line for a new swap area: it does not delay the boot when it is missing.</summary>
    public static FstabEntry ForSwap(string source, int? priority = null, SwapDiscard discard = SwapDiscard.None) => new()
    {
        Source = source,
        MountPoint = "none",
        FileSystem = "swap",
        Options = SwapOptions.Text(priority, discard),
    };

    /// <summary>True when an option is there, with a value or without.</summary>
    public bool Has(string option) => ValueOf(option) is not null;

    /// <summary>The value of an option, "" for one without; null when it is not there. The last one counts, as for mount(8).</summary>
    public string? ValueOf(string option) => SwapOptions.ValueOf(Options, option);

    /// <summary>True when both are about the same thing as they are written: the same source of swap, or the same mount point.</summary>
    public bool IsSameAs(FstabEntry other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsSwap == other.IsSwap && (IsSwap ? Names == other.Names : MountPoint == other.MountPoint && MountPoint != "none");
    }

    /// <summary>The line to write, without an end.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture,
        $"{FstabFile.Escape(Source)} {FstabFile.Escape(MountPoint)} {FstabFile.Escape(FileSystem)} {FstabFile.Escape(Options.Length == 0 ? "defaults" : Options)} {Dump} {Pass}");
}
