using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A device in an IOMMU group. Source: /sys/bus/pci/devices; names from the machine's pci.ids where it has one.</summary>
public sealed record IommuDevice
{
    /// <summary>The address, such as "0000:00:1f.2".</summary>
    public required string Address { get; init; }

    /// <summary>The vendor's name, or its number such as "0x8086" where no pci.ids knows it; null for a device that is not PCI.</summary>
    public string? Vendor { get; init; }

    /// <summary>The device's name, or its number.</summary>
    public string? Device { get; init; }

    /// <summary>The name of the class, or its number.</summary>
    public string? Class { get; init; }

    /// <summary>The driver that holds it; null for none.</summary>
    public string? Driver { get; init; }

    /// <summary>The NUMA node; null when the firmware does not tell.</summary>
    public int? NumaNode { get; init; }

    /// <summary>"0000:00:1f.2 SATA controller: Intel Corporation 82801IR", for CSV files.</summary>
    public override string ToString() => $"{Address} {Class}: {Vendor} {Device}";

    internal static IommuDevice Read(Machine machine, string address, PciIds names)
    {
        string device = $"sys/bus/pci/devices/{address}";
        ulong? vendorId = machine.TryReadHex($"{device}/vendor");
        ulong? deviceId = machine.TryReadHex($"{device}/device");
        ulong? classId = machine.TryReadHex($"{device}/class");
        return new IommuDevice
        {
            Address = address,
            Vendor = vendorId is ulong v ? names.Vendor(v) ?? $"0x{v:x4}" : null,
            Device = deviceId is ulong d ? names.Device(vendorId ?? 0, d) ?? $"0x{d:x4}" : null,
            Class = classId is ulong c ? names.Class(c >> 8) ?? $"0x{c:x6}" : null,
            Driver = DriverOf(machine, device),
            // -1 when nobody knows.
            NumaNode = machine.TryReadNumber($"{device}/numa_node") is long node and >= 0 and <= int.MaxValue ? (int)node : null,
        };
    }

    private static string? DriverOf(Machine machine, string device)
    {
        try
        {
            return Path.GetFileName(machine.ReadLink($"{device}/driver"));
        }
        catch (KernelException)
        {
            return null;
        }
    }
}
