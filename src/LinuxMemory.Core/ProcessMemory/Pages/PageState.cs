namespace LinuxMemory;

/// <summary>Where a page of a process's address space is.</summary>
public enum PageState
{
    /// <summary>In memory, and belonging to no file: data of the process itself.</summary>
    Present,
    /// <summary>In memory, and belonging to a file or to shared memory.</summary>
    FilePresent,
    /// <summary>In swap; private memory alone, since for shared memory the page tables do not say.</summary>
    Swapped,
    /// <summary>Allocated and not filled: nothing touched it yet, or the kernel dropped a page that it can read from its file again.</summary>
    NotPopulated,
    /// <summary>Not allocated: no mapping holds it.</summary>
    NotMapped,
}
