namespace LinuxMemory;

/// <summary>How far a recorded change came.</summary>
public enum ChangeState
{
    /// <summary>It was begun, and nobody recorded its end: the session was killed, or is at it right now.</summary>
    Begun,
    /// <summary>It was applied and read back.</summary>
    Applied,
    /// <summary>The kernel or the file system refused it.</summary>
    Failed,
}
