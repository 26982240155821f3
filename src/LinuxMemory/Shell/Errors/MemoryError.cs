using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>An error as a shell shows it. PowerShell makes an ErrorRecord of it; outside PowerShell that class is inert.</summary>
public sealed record MemoryError
{
    /// <summary>The public id, one of <see cref="ErrorIds"/>.</summary>
    public required string Id { get; init; }

    /// <summary>PowerShell's category, from errno.</summary>
    public required ErrorCategory Category { get; init; }

    /// <summary>What happened, to which file, and the next step.</summary>
    public required string Message { get; init; }

    /// <summary>The item that failed: an id, a name, a path. Never the cmdlet.</summary>
    public object? Target { get; init; }

    /// <summary>What was thrown.</summary>
    public required Exception Exception { get; init; }
}
