namespace LinuxMemory;

/// <summary>How long a change lasts.</summary>
public enum ChangeScope
{
    /// <summary>Until the machine restarts or somebody changes it again.</summary>
    Runtime,
    /// <summary>Beyond a restart: it is written in a file.</summary>
    Persistent,
}
