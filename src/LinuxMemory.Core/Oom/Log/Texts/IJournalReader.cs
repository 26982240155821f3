namespace LinuxMemory;

/// <summary>Reads the entries of a journal one after the other.</summary>
internal interface IJournalReader
{
    /// <summary>Reads the next entry; false at the end.</summary>
    bool TryRead(JournalFields fields);
}
