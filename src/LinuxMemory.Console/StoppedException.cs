namespace LinuxMemory.CommandLine;

/// <summary>The command ended at an error, which is already reported.</summary>
internal sealed class StoppedException(string message) : Exception(message);
