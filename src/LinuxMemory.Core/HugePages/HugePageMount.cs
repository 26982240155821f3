using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A mounted hugetlbfs, through which programs take huge pages from a pool. Source: /proc/self/mountinfo.</summary>
public sealed record HugePageMount
{
    private const string UsualMode = "755";

    /// <summary>Where it is mounted.</summary>
    public required string Path { get; init; }

    /// <summary>Bytes in one page; null where the mount does not say and the default counts.</summary>
    public long? PageSize { get; init; }

    /// <summary>Bytes that files in it can take at most; null for no limit.</summary>
    public long? Size { get; init; }

    /// <summary>Bytes kept for it from the start; null for none.</summary>
    public long? MinSize { get; init; }

    /// <summary>Number of files at most; null for no limit.</summary>
    public long? Inodes { get; init; }

    /// <summary>The owner's id.</summary>
    public required long UserId { get; init; }

    /// <summary>The group's id.</summary>
    public required long GroupId { get; init; }

    /// <summary>The mode of the directory in octal digits, such as "1770".</summary>
    public required string Mode { get; init; }

    /// <summary>Every mounted hugetlbfs that this process sees.</summary>
    /// <exception cref="KernelException">The file is denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IEnumerable<HugePageMount> Read(Machine machine) => Of(MountInfoFile.Read(machine));

    internal static IEnumerable<HugePageMount> Of(IEnumerable<MountInfo> mounts) =>
        from mount in mounts where mount.FileSystem == "hugetlbfs" select From(mount);

    /// <summary>The limits as mount(8) takes them and the kernel shows them: "pagesize=2M,size=1073741824,mode=1770"; what is the default is left out.</summary>
    public string ToOptions()
    {
        List<string> options = [];
        void Add(string name, object? value, object? usual)
        {
            if (value is not null && !value.Equals(usual))
            {
                options.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));
            }
        }
        Add("pagesize", PageSize is long size ? HugePageBoot.ShortSize(size) : null, null);
        Add("size", Size, null);
        Add("min_size", MinSize, null);
        Add("nr_inodes", Inodes, null);
        Add("uid", UserId, 0L);
        Add("gid", GroupId, 0L);
        Add("mode", Mode.TrimStart('0'), UsualMode);
        return string.Join(',', options);
    }

    private static HugePageMount From(MountInfo mount)
    {
        Dictionary<string, string> options = [];
        foreach (string option in mount.Options.Split(','))
        {
            string[] parts = option.Split('=', 2);
            options[parts[0]] = parts.Length > 1 ? parts[1] : "";
        }
        long? pageSize = Bytes(options, "pagesize");
        return new HugePageMount
        {
            Path = mount.MountPoint,
            PageSize = pageSize,
            Size = Bytes(options, "size"),
            MinSize = Bytes(options, "min_size"),
            Inodes = Number(options, "nr_inodes"),
            // The kernel leaves out what is the default.
            UserId = Number(options, "uid") ?? 0,
            GroupId = Number(options, "gid") ?? 0,
            Mode = options.GetValueOrDefault("mode", UsualMode),
        };
    }

    private static long? Number(Dictionary<string, string> options, string name) =>
        options.TryGetValue(name, out string? text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    // The kernel writes these sizes with K, M or G: "pagesize=2M,size=1048576K".
    private static long? Bytes(Dictionary<string, string> options, string name)
    {
        if (!options.TryGetValue(name, out string? text) || text.Length == 0)
        {
            return null;
        }
        int shift = text[^1] switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        return long.TryParse(shift == 0 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= long.MaxValue >> shift
            ? value << shift
            : null;
    }
}
