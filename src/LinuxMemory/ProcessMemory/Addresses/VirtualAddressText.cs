using System.Collections;
using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>Cells of the view of <see cref="VirtualAddress"/>.</summary>
public static class VirtualAddressText
{
    private static readonly string[] Levels =
    [
        nameof(VirtualAddressIndexes.PGD), nameof(VirtualAddressIndexes.P4D), nameof(VirtualAddressIndexes.PUD),
        nameof(VirtualAddressIndexes.PMD), nameof(VirtualAddressIndexes.PTE),
    ];

    /// <summary>The address in hexadecimal.</summary>
    public static string Address(object address) =>
        Display.Address(Shown.Value(Required(address), nameof(VirtualAddress.Address))) + (Shown.Value(address, nameof(VirtualAddress.IsCanonical)) is false ? " (not canonical)" : "");

    /// <summary>The process: "4711 (bash)"; "-" where none was asked.</summary>
    public static string Process(object address) => Shown.Value(Required(address), nameof(VirtualAddress.ProcessId)) is object id
        ? string.Create(CultureInfo.InvariantCulture, $"{id} ({Display.Text(Shown.Value(address, nameof(VirtualAddress.ProcessName)))})") : "-";

    /// <summary>The indexes: "PGD 255, PUD 508, PMD 383, PTE 96, offset 0x2c0".</summary>
    public static string Indexes(object address)
    {
        object? indexes = Shown.Value(Required(address), nameof(VirtualAddress.Indexes));
        return indexes is null ? "-" : string.Join(", ", Levels.Where(level => Shown.Value(indexes, level) is not null).Select(level => $"{level} {Shown.Text(indexes, level)}"))
            + string.Create(CultureInfo.InvariantCulture, $", offset 0x{Shown.Number(indexes, nameof(VirtualAddressIndexes.Offset)):x}");
    }

    /// <summary>The mapping: its rights and name.</summary>
    public static string Mapping(object address) => Shown.Value(Required(address), nameof(VirtualAddress.Mapping)) is object mapping
        ? $"{Display.Address(Shown.Value(mapping, nameof(ProcessMemoryMapping.Start)))} {Shown.Text(mapping, nameof(ProcessMemoryMapping.Permissions))} {ProcessMemoryMappingText.Name(mapping)}" : "-";

    /// <summary>The state of the page by its name, also of an object from another session; "-" where no process was asked.</summary>
    public static string State(object address) => Shown.Text(Required(address), nameof(VirtualAddress.State)) ?? "-";

    /// <summary>Where the page is: its frame and physical address, or its place in swap.</summary>
    public static string Place(object address)
    {
        Required(address);
        return Shown.Number(address, nameof(VirtualAddress.FrameNumber)) is long frame
            ? string.Create(CultureInfo.InvariantCulture, $"frame {frame}, physical address {Display.Address(Shown.Value(address, nameof(VirtualAddress.PhysicalAddress)))}, zone {Display.Text(Shown.Value(address, nameof(VirtualAddress.Zone)))} of node {Display.Text(Shown.Value(address, nameof(VirtualAddress.Node)))}")
            : Shown.Number(address, nameof(VirtualAddress.SwapOffset)) is long offset
            ? string.Create(CultureInfo.InvariantCulture, $"swap area {Shown.Value(address, nameof(VirtualAddress.SwapType))}, page {offset}")
            : Shown.Text(address, nameof(VirtualAddress.Access)) == nameof(VirtualAddressAccess.NoFrame) ? "hidden: needs root" : "-";
    }

    /// <summary>The frame's flags and how often it is mapped: "UPTODATE LRU MMAP ANON, mapped 1 times".</summary>
    public static string Frame(object address) => Shown.Value(Required(address), nameof(VirtualAddress.FrameFlags)) is IEnumerable flags
        ? $"{Display.List(flags)}, mapped {Display.Text(Shown.Value(address, nameof(VirtualAddress.MapCount)))} times" : "-";

    private static object Required(object address) => address ?? throw new ArgumentNullException(nameof(address));
}
