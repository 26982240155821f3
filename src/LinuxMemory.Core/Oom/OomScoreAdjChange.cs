using System.Globalization;
using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// oom_score_adj of one process. Its directory is held while it is read and written, and it must have started when the planned
/// one did: a process that came to the same id since is never hit.
/// </summary>
public sealed record OomScoreAdjChange : PlannedChange
{
    /// <summary>The value with which the kernel never kills the process for memory.</summary>
    public const int Never = -1000;

    private const string FileName = "oom_score_adj";

    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>When the process started, in clock ticks after boot.</summary>
    public required long StartTicks { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => this with { OldValue = NewValue, NewValue = OldValue, Sentence = null, IsGrave = false };

    /// <summary>Plans the change for a process.</summary>
    /// <exception cref="KernelException">The process has ended, or it is hidden from us.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static OomScoreAdjChange Plan(Machine machine, int id, int value)
    {
        using KernelDirectory process = ProcessList.Open(machine, id);
        ProcessStat stat = ProcessStatFile.Read(process);
        return new OomScoreAdjChange
        {
            Id = id,
            StartTicks = stat.StartTicks,
            Target = process.Name + "/" + FileName,
            Setting = $"oom_score_adj of {ProcessName.Read(process, stat)} ({id})",
            OldValue = Read(process),
            NewValue = value.ToString(CultureInfo.InvariantCulture),
            IsGrave = value == Never,
        };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine)
    {
        using KernelDirectory process = Hold(machine);
        return Read(process);
    }

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        using KernelDirectory process = Hold(machine);
        process.Write(FileName, NewValue + "\n");
        return this with { NewValue = Read(process) };
    }

    private KernelDirectory Hold(Machine machine)
    {
        KernelDirectory process = ProcessList.Open(machine, Id);
        if (ProcessStatFile.Read(process).StartTicks == StartTicks)
        {
            return process;
        }
        process.Dispose();
        throw new KernelException(Errno.ESRCH, "open", $"{process.Name} (another process has that id now)");
    }

    private static string Read(KernelDirectory process)
    {
        using KernelReader reader = process.Read(FileName);
        return reader.ReadText();
    }
}
