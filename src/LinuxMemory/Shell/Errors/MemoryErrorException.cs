namespace LinuxMemory.Commands;

/// <summary>Carries an error whose id and category are decided where it is found.</summary>
public sealed class MemoryErrorException : Exception
{
    /// <summary>Makes the exception for an error.</summary>
    public MemoryErrorException(MemoryError error)
        : base(error.Message, error.Exception) => Error = error;

    /// <summary>The error to show.</summary>
    public MemoryError Error { get; }
}
