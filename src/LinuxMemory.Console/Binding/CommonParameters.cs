using System.Management.Automation;

namespace LinuxMemory.CommandLine;

/// <summary>How objects are written.</summary>
internal enum OutputFormat
{
    Text,
    Table,
    List,
    Json,
}

/// <summary>What happens at an error or a warning, with PowerShell's words.</summary>
internal enum MessageAction
{
    Continue,
    SilentlyContinue,
    Ignore,
    Stop,
}

/// <summary>The parameters that the Console gives to every cmdlet. They bind as a cmdlet's own do; a bool here is a switch.</summary>
internal sealed class CommonParameters
{
    /// <summary>Text as PowerShell shows it, a table, a list, or JSON with one object a line.</summary>
    [Parameter]
    public OutputFormat As { get; set; }

    /// <summary>Say what is done on the way.</summary>
    [Parameter]
    [Alias("vb")]
    public bool Verbose { get; set; }

    /// <summary>Stop ends at the first error; SilentlyContinue does not print it; Ignore does not count it, either.</summary>
    [Parameter]
    [Alias("ea")]
    public MessageAction ErrorAction { get; set; }

    /// <summary>The same for warnings.</summary>
    [Parameter]
    [Alias("wa")]
    public MessageAction WarningAction { get; set; }

    /// <summary>Only say what would be done.</summary>
    [Parameter]
    [Alias("wi")]
    public bool WhatIf { get; set; }

    /// <summary>Ask before each change; -Confirm:$false never asks; null leaves it to the cmdlet.</summary>
    [Parameter]
    [Alias("cf")]
    public bool? Confirm { get; set; }
}
