namespace LinuxMemory.Kernel;

/// <summary>A kernel file does not say what it must say. The message names file and line, what was expected and what stands there.</summary>
public sealed class KernelFormatException : FormatException
{
    internal KernelFormatException(string file, int line, string expected, string found)
        : base($"{file}{(line > 0 ? $":{line}" : "")}: expected {expected}, found {found}")
    {
        File = file;
        Line = line;
        Expected = expected;
        Found = found;
    }

    /// <summary>The absolute path of the file, for example "/proc/meminfo".</summary>
    public string File { get; }

    /// <summary>The line, counted from 1; 0 for a file that is packed, whose lines nobody sees.</summary>
    public int Line { get; }

    /// <summary>What should have stood there.</summary>
    public string Expected { get; }

    /// <summary>True for a file that is whole, but of a kind that cannot be read here: packed, for example.</summary>
    public bool IsOtherKind { get; internal init; }

    /// <summary>What to do about it, in sentences; null where there is nothing to say but that a file is cut or garbled.</summary>
    public string? NextStep { get; internal init; }

    /// <summary>What stands there, in quotes and cut to a readable length.</summary>
    public string Found { get; }
}
