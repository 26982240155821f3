using System.Globalization;
using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A swap area taken into use or out of it.</summary>
public sealed record SwapAreaUse : PlannedChange
{
    /// <summary>The area's absolute path on the machine, as /proc/swaps shows it.</summary>
    public required string Path { get; init; }

    /// <summary>True takes it into use, false out of it.</summary>
    public required bool Enables { get; init; }

    /// <summary>The priority that it has or gets, 0 to 32767; null where the kernel chooses.</summary>
    public int? Priority { get; init; }

    /// <summary>When the device is told what is free.</summary>
    public SwapDiscard Discard { get; init; }

    /// <summary>True does not look whether what is in the area fits into memory.</summary>
    [JsonIgnore]
    public bool SkipsFit { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => this with
    {
        Enables = !Enables, OldValue = NewValue, NewValue = OldValue, Sentence = null, IsGrave = false, SkipsFit = false, Watch = ChangeWatch.None,
    };

    /// <inheritdoc />
    [JsonIgnore]
    public override string Action => Sentence ?? (Enables ? $"Take the {Setting} into use" : $"Take the {Setting} out of use and bring what is in it back to memory");

    /// <summary>Plans to take an area into use.</summary>
    /// <exception cref="SwapRefusedException">It is no area that this kernel takes.</exception>
    /// <exception cref="KernelException">It is absent or denied.</exception>
    public static SwapAreaUse PlanEnabling(Machine machine, string path, int? priority, SwapDiscard discard)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using SwapAreaHold area = Hold(machine, path);
        SwapHeader header = SwapAreaCheck.RequireHeader(area.File, area.Path);
        SwapAreaCheck.RequireUsable(machine, area.File, header, area.Path);
        string? now = ValueOf(area.State);
        string wanted = priority is null && now is not null ? now : ValueOf(priority);
        if (now is not null && now != wanted)
        {
            throw new SwapRefusedException(SwapProblem.AreaInUse, Errno.EBUSY, area.Path, $"{area.Path} is {now} already. Set-SwapArea -Priority changes that.");
        }
        return new SwapAreaUse
        {
            Target = machine.Locate(area.Path.TrimStart('/')),
            Setting = SettingOf(area.Path),
            OldValue = now,
            NewValue = wanted,
            Path = area.Path,
            Enables = true,
            Priority = priority,
            Discard = discard,
            Sentence = $"Take the {SettingOf(area.Path)} of {ByteText.Of(header.Size)} into use{(priority is int value ? $" with priority {value}" : "")}",
        };
    }

    /// <summary>Plans to take an area out of use.</summary>
    /// <exception cref="SwapRefusedException">It is not in use, or what is in it does not fit into memory.</exception>
    public static SwapAreaUse PlanDisabling(Machine machine, string path, bool skipsFit)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ActiveSwap active = SwapAreaCalls.Find(machine, path) ?? SwapAreaCalls.Find(machine, Resolve(machine, path))
            ?? throw new SwapRefusedException(SwapProblem.AreaNotFound, Errno.ENOENT, path, $"{path} is no swap area in use. Get-SwapArea shows those that are.");
        if (!skipsFit)
        {
            SwapFit.Require(machine, active);
        }
        return new SwapAreaUse
        {
            Target = machine.Locate(active.Path.TrimStart('/')),
            Setting = SettingOf(active.Path),
            OldValue = ValueOf(active),
            NewValue = null,
            Path = active.Path,
            Enables = false,
            Priority = active.Priority >= 0 ? active.Priority : null,
            Discard = SwapAreaDiscard.Of(machine, active.Path),
            SkipsFit = skipsFit,
            Sentence = $"Take the {SettingOf(active.Path)}, {ByteText.Of(active.Size)} and {ValueOf(active)}, out of use, which brings {ByteText.Of(active.Used)} back to memory",
        };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine) => ValueOf(SwapAreaCalls.Find(machine, Path));

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using SwapAreaHold area = Hold(machine, Path);
        if (Enables)
        {
            SwapAreaCheck.RequireUsable(machine, area.File, SwapAreaCheck.RequireHeader(area.File, area.Path), area.Path);
            area.Enable(Priority, Discard);
            area.RequireInUse();
        }
        else
        {
            if (!SkipsFit && area.State is ActiveSwap active)
            {
                SwapFit.Require(machine, active);
            }
            area.Disable(Watch);
        }
        return this with { NewValue = ReadValue(machine) };
    }

    internal static string SettingOf(string path) => $"swap area {path}";

    internal static string ValueOf(int? priority) => priority is int value ? string.Create(CultureInfo.InvariantCulture, $"in use with priority {value}") : "in use";

    private static string? ValueOf(ActiveSwap? area) => area is null ? null : ValueOf(area.Priority >= 0 ? area.Priority : null);

    internal static SwapAreaHold Hold(Machine machine, string path)
    {
        KernelFile file = Open(machine, path);
        try
        {
            return new SwapAreaHold(machine, file, machine.PathOf(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static KernelFile Open(Machine machine, string path)
    {
        try
        {
            return machine.OpenArea(path);
        }
        catch (KernelException e) when (SwapRefusedException.NotOpened(e.Errno, path) is SwapRefusedException refused)
        {
            throw refused;
        }
    }

    private static string Resolve(Machine machine, string path)
    {
        try
        {
            using SwapAreaHold area = Hold(machine, path);
            return area.Path;
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return path;
        }
    }
}
