using System.Globalization;
using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Something that is done once to one process, such as moving its pages. There is no value before it, and no way back.</summary>
public abstract record ProcessActionChange : PlannedChange
{
    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>When the process started, in clock ticks after boot.</summary>
    public required long StartTicks { get; init; }

    /// <summary>The process's name as Get-Process gives it.</summary>
    public required string Name { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public sealed override bool IsNeeded => true;

    /// <inheritdoc />
    [JsonIgnore]
    public sealed override PlannedChange? Reverse => null;

    /// <inheritdoc />
    public sealed override PlannedChange AsOf(Machine machine) => this;

    /// <inheritdoc />
    public sealed override string? ReadValue(Machine machine) => NewValue;

    internal static string TargetOf(int id, string name) => string.Create(CultureInfo.InvariantCulture, $"process {id} ({name})");
}
