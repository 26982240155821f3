namespace LinuxMemory.CommandLine;

/// <summary>The command line is not right; the message says what would be.</summary>
internal sealed class UsageException(string message) : Exception(message);
