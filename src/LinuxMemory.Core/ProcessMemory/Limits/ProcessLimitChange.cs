using System.Globalization;
using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A limit of one process, by prlimit(2). Values are "soft:hard" in bytes or the word unlimited, as setrlimit's tools write them.</summary>
public sealed record ProcessLimitChange : PlannedChange
{
    private const string Unlimited = "unlimited";

    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>When the process started, in clock ticks after boot.</summary>
    public required long StartTicks { get; init; }

    /// <summary>What is limited.</summary>
    public required ProcessMemoryResource Resource { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => this with { OldValue = NewValue, NewValue = OldValue, IsGrave = false, Caution = null };

    /// <summary>Plans new limits; null keeps the one that is, <see cref="long.MaxValue"/> is none at all.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied, or soft would be above hard (EINVAL).</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static ProcessLimitChange Plan(Machine machine, int id, ProcessMemoryResource resource, long? soft, long? hard)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using HeldProcess process = HeldProcess.Open(machine, id);
        ProcessStat stat = ProcessStatFile.Read(process.Directory);
        LimitPair now = process.Do(() => machine.Calls.ReadLimit(id, (int)resource));
        LimitPair wanted = new(soft is null ? now.Soft : Number(soft.Value), hard is null ? now.Hard : Number(hard.Value));
        if (soft is null && wanted.Soft > wanted.Hard)
        {
            // Who only lowers the hard limit means the soft one, too.
            wanted = wanted with { Soft = wanted.Hard };
        }
        string name = ProcessActionChange.TargetOf(id, ProcessName.Read(process.Directory, stat));
        long? inUse = ProcessLimitsFile.InUse(resource, ProcessStatusFile.Read(process.Directory));
        return wanted.Soft > wanted.Hard ? throw new KernelException(Errno.EINVAL, "prlimit", $"{name}: the soft limit {Word(wanted.Soft)} would be above the hard limit {Word(wanted.Hard)}")
            : new ProcessLimitChange
            {
                Id = id,
                StartTicks = stat.StartTicks,
                Resource = resource,
                Target = name,
                Setting = $"{resource} limit",
                OldValue = Text(now),
                NewValue = Text(wanted),
                Caution = Warning(resource, wanted, now, inUse),
            };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using HeldProcess process = HeldProcess.Open(machine, Id, StartTicks);
        return Read(machine, process);
    }

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using HeldProcess process = HeldProcess.Open(machine, Id, StartTicks);
        string[] parts = NewValue!.Split(':');
        LimitPair wanted = new(Number(parts[0]), Number(parts[^1]));
        process.Do(() =>
        {
            machine.Calls.WriteLimit(Id, (int)Resource, wanted);
            return true;
        });
        return this with { NewValue = Read(machine, process) };
    }

    private string Read(Machine machine, HeldProcess process) => Text(process.Do(() => machine.Calls.ReadLimit(Id, (int)Resource)));

    private static string? Warning(ProcessMemoryResource resource, LimitPair wanted, LimitPair now, long? inUse) =>
        resource == ProcessMemoryResource.Rss ? "Linux keeps this limit and enforces nothing; a cgroup's memory.max does what you may want."
        : inUse is long used && wanted.Soft < (ulong)used ? string.Create(CultureInfo.InvariantCulture, $"The process uses {used} bytes, more than the new limit: it keeps them, and every further allocation of that kind fails.")
        : wanted.Hard < now.Hard ? "Only CAP_SYS_RESOURCE can raise the hard limit again."
        : null;

    private static string Text(LimitPair limit) => $"{Word(limit.Soft)}:{Word(limit.Hard)}";

    private static string Word(ulong bytes) => bytes > long.MaxValue ? Unlimited : bytes.ToString(CultureInfo.InvariantCulture);

    private static ulong Number(long bytes) => bytes == long.MaxValue ? LimitPair.Unlimited : (ulong)bytes;

    // From the journal, which people can edit.
    private static ulong Number(string word) => word == Unlimited ? LimitPair.Unlimited
        : ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out ulong bytes) ? bytes : throw new KernelException(Errno.EINVAL, "prlimit", $"'{word}'");
}
