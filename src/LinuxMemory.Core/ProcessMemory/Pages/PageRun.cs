namespace LinuxMemory;

/// <summary>What is known of a page without asking about its frame.</summary>
[Flags]
internal enum PageTraits : byte
{
    None = 0,
    File = 1,
    Present = 2,
    Swapped = 4,
    Huge = 8,
    SoftDirty = 16,
    Guard = 32,
}

/// <summary>Populated pages side by side with the same traits.</summary>
internal readonly record struct PageRun(ulong Start, ulong End, PageTraits Traits)
{
    public PageState State =>
        (Traits & PageTraits.Guard) != 0 ? PageState.NotPopulated
        : (Traits & PageTraits.Swapped) != 0 ? PageState.Swapped
        : (Traits & PageTraits.File) != 0 ? PageState.FilePresent
        : PageState.Present;
}
