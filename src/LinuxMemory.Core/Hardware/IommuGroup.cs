using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Devices that an IOMMU cannot tell apart: they are passed to a virtual machine together or not at all.</summary>
public sealed record IommuGroup
{
    private const string Groups = "sys/kernel/iommu_groups";

    /// <summary>The group's number.</summary>
    public required int Id { get; init; }

    /// <summary>DMA, DMA-FQ, identity, unmanaged or blocked; null before 5.11 or where it is denied.</summary>
    public string? Type { get; init; }

    /// <summary>The devices in it.</summary>
    public required IReadOnlyList<IommuDevice> Devices { get; init; }

    /// <summary>Every group, by number; none where no IOMMU is in use.</summary>
    /// <exception cref="KernelException">A directory is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IEnumerable<IommuGroup> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        PciIds names = PciIds.Of(machine);
        foreach (int id in machine.Exists(Groups) ? machine.ListNumbers(Groups) : [])
        {
            string devices = $"{Groups}/{id}/devices";
            yield return new IommuGroup
            {
                Id = id,
                Type = machine.TryReadValue($"{Groups}/{id}/type"),
                Devices = new ReadableList<IommuDevice>([.. machine.TryList(devices).Select(address => IommuDevice.Read(machine, address, names))]),
            };
        }
    }
}
