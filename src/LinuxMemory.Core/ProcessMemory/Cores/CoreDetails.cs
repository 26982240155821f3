namespace LinuxMemory;

/// <summary>What smaps says of mappings. The process ran on while it was read, and some have changed since or appear twice.</summary>
internal sealed class CoreDetails
{
    private readonly Dictionary<ulong, ProcessMemoryMapping> _known = [];
    private readonly List<ProcessMemoryMapping> _keptOut = [];

    public CoreDetails(IEnumerable<ProcessMemoryMapping> mappings)
    {
        foreach (ProcessMemoryMapping mapping in mappings)
        {
            _known[mapping.Start] = mapping;
            if (mapping.VmFlags?.Contains("dd") == true)
            {
                _keptOut.Add(mapping);
            }
        }
    }

    /// <summary>The same mapping as smaps has it; one that has changed stays as it is.</summary>
    public ProcessMemoryMapping Of(ProcessMemoryMapping mapping) =>
        _known.TryGetValue(mapping.Start, out ProcessMemoryMapping? same) && same.End == mapping.End && same.Permissions == mapping.Permissions ? same : mapping;

    /// <summary>True for what the program keeps out of cores (MADV_DONTDUMP), such as keys; also where it lies in a mapping that has changed.</summary>
    public bool IsKeptOut(ProcessMemoryMapping mapping) =>
        mapping.VmFlags is { } flags ? flags.Contains("dd") : _keptOut.Exists(secret => secret.Start < mapping.End && mapping.Start < secret.End);
}
