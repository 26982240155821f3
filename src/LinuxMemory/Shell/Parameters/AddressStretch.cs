using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>A stretch of address space, from its first address to the first one behind.</summary>
internal readonly record struct AddressStretch(ulong Start, ulong End)
{
    /// <summary>The stretch that an object such as a mapping stands for, by its properties Start and End; null for any other.</summary>
    public static AddressStretch? Of(object? item) =>
        item is not null && Shown.Address(item, nameof(Start)) is ulong start && Shown.Address(item, nameof(End)) is ulong end ? new AddressStretch(start, end) : null;

    /// <summary>The stretch that the user gave; without one, that of the piped object, and null where it has none.</summary>
    /// <exception cref="MemoryErrorException">The end is not above the start, or the piped object has a start alone.</exception>
    public static AddressStretch? Chosen(ulong? start, ulong? end, ProcessTarget process)
    {
        if (start is null && end is null)
        {
            return Of(process.Item);
        }
        // To the end of all memory is not what is meant by a mapping whose end is not known.
        if (end is null && process.Item is object item && Shown.Address(item, nameof(Start)) == start)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.InputObjectInvalid, ErrorCategory.InvalidArgument,
                $"The object begins at 0x{start:x} and does not say where it ends: its property End is missing or empty. Give what Get-ProcessMemoryMap writes, or -Id with -Start and -End.", item));
        }
        AddressStretch stretch = new(start ?? 0, end ?? ulong.MaxValue);
        return stretch.Start < stretch.End ? stretch : throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.ParametersConflict, ErrorCategory.InvalidArgument,
            $"-End 0x{stretch.End:x} must be above -Start 0x{stretch.Start:x}: it is the first address behind.", process.Item ?? process.Id));
    }
}
