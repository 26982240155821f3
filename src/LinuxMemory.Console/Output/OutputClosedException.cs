namespace LinuxMemory.CommandLine;

/// <summary>Nobody reads the output any more, as after "| head -1".</summary>
internal sealed class OutputClosedException(Exception cause) : Exception(cause.Message, cause);
