namespace LinuxMemory.Commands;

/// <summary>A stretch of address space, from its first address to the first one behind.</summary>
internal readonly record struct AddressStretch(ulong Start, ulong End)
{
    /// <summary>The stretch that an object such as a mapping stands for, by its properties Start and End; null for any other.</summary>
    public static AddressStretch? Of(object? item) =>
        item is not null && Shown.Address(item, nameof(Start)) is ulong start && Shown.Address(item, nameof(End)) is ulong end ? new AddressStretch(start, end) : null;
}
