using System.Globalization;
using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A limit of one cgroup. Values are bytes or "max", whatever the version of the interface writes for that.</summary>
public sealed record CgroupLimitChange : PlannedChange
{
    /// <summary>The file's path from the machine's root.</summary>
    public required string Path { get; init; }

    /// <summary>The version of the cgroup interface, 1 or 2.</summary>
    public required int Version { get; init; }

    /// <summary>Told when processes were killed to reach the limit.</summary>
    [JsonIgnore]
    public Action<long>? ReportKills { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => OldValue is null
        ? null
        : this with { OldValue = NewValue, NewValue = OldValue, Sentence = null, IsGrave = false, Caution = null, ReportKills = null };

    private string Directory => Path[..Path.LastIndexOf('/')];

    private bool IsMax => Path.EndsWith("/memory.max", StringComparison.Ordinal) || Path.EndsWith("/memory.limit_in_bytes", StringComparison.Ordinal);

    /// <summary>Plans one file of a group. The kernel keeps whole pages, so the value is cut to them.</summary>
    /// <exception cref="KernelException">The group or its file is absent or denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static CgroupLimitChange Plan(Machine machine, CgroupHierarchy hierarchy, string group, string file, long bytes)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(hierarchy);
        string path = $"{hierarchy.DirectoryOf(group)}/{file}";
        int page = PageSize.Of(machine);
        CgroupLimitChange change = new()
        {
            Path = path,
            Version = hierarchy.Version,
            Target = machine.Locate(path),
            Setting = $"{file} of {group}",
            NewValue = CgroupLimitNames.Text(bytes == CgroupValueFile.Unlimited ? bytes : bytes / page * page),
        };
        return change with { OldValue = change.ReadValue(machine) };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelReader reader = machine.Read(Path);
        return CgroupLimitNames.Text(CgroupValueFile.Parse(reader));
    }

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        long killed = Kills(machine);
        if (IsMax && long.TryParse(NewValue, NumberStyles.None, CultureInfo.InvariantCulture, out long max))
        {
            Lower(machine, max);
        }
        else
        {
            Write(machine);
        }
        if (ReportKills is not null && Kills(machine) - killed is long more and > 0)
        {
            ReportKills(more);
        }
        return this with { NewValue = ReadValue(machine) };
    }

    // What is over the limit is reclaimed first. Version 2 kills for the rest; version 1 then refuses the limit.
    private void Lower(Machine machine, long max)
    {
        if (Version == 2)
        {
            using CgroupReclaim.Ceiling ceiling = new(machine, Directory, max);
            CgroupReclaim.Below(machine, Directory, max);
            Write(machine);
            return;
        }
        try
        {
            Write(machine);
        }
        catch (KernelException e) when (e.Errno == Errno.EBUSY)
        {
            try
            {
                CgroupReclaim.Empty(machine, Directory);
                Write(machine);
            }
            catch (KernelException again) when (again.Errno == Errno.EBUSY)
            {
                throw new CgroupInUseException(again, CgroupReclaim.Current(machine, Directory, Version));
            }
        }
    }

    private void Write(Machine machine) => machine.Write(Path, (Version == 1 && NewValue == "max" ? "-1" : NewValue) + "\n");

    private long Kills(Machine machine)
    {
        using KernelReader? reader = IsMax ? machine.TryRead($"{Directory}/{(Version == 2 ? "memory.events" : "memory.oom_control")}") : null;
        return reader is null ? 0 : CgroupCountFile.Find(reader, "oom_kill"u8) ?? 0;
    }
}

/// <summary>A limit of version 1 that the kernel refuses, since the group still uses more after all that can be reclaimed was.</summary>
public sealed class CgroupInUseException : KernelException
{
    internal CgroupInUseException(KernelException refused, long? current)
        : base(refused.Errno, refused.Operation, refused.Target,
            $"{refused.Operation} {refused.Target}: {refused.Errno.Describe()}: the group still uses {current?.ToString(CultureInfo.InvariantCulture) ?? "more"} bytes, all of what could be reclaimed is gone, "
            + "and version 1 never kills for a lower limit. Nothing was changed; end processes of the group or set a higher limit")
    {
    }
}
