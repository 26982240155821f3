using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A device that a program drives from user space. Source: /sys/class/uio.</summary>
public sealed record UioDevice
{
    private const string Devices = "sys/class/uio";

    /// <summary>The device's name below /dev, such as "uio0".</summary>
    public required string Id { get; init; }

    /// <summary>The driver's name.</summary>
    public string? Name { get; init; }

    /// <summary>The driver's version.</summary>
    public string? Version { get; init; }

    /// <summary>The memory that it can map.</summary>
    public required IReadOnlyList<UioMap> Maps { get; init; }

    /// <summary>Every such device; none where there is no driver for them.</summary>
    /// <exception cref="KernelException">A directory is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IEnumerable<UioDevice> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        foreach (string id in machine.TryList(Devices))
        {
            string maps = $"{Devices}/{id}/maps";
            yield return new UioDevice
            {
                Id = id,
                Name = machine.TryReadValue($"{Devices}/{id}/name"),
                Version = machine.TryReadValue($"{Devices}/{id}/version"),
                Maps = new ReadableList<UioMap>([.. machine.TryList(maps).Select(map => new UioMap
                {
                    Name = machine.TryReadValue($"{maps}/{map}/name"),
                    Address = machine.TryReadHex($"{maps}/{map}/addr"),
                    Size = machine.TryReadHex($"{maps}/{map}/size") is ulong size and <= long.MaxValue ? (long)size : null,
                    Offset = machine.TryReadHex($"{maps}/{map}/offset") is ulong offset and <= long.MaxValue ? (long)offset : null,
                })]),
            };
        }
    }
}

/// <summary>A range of memory that a user-space driver can map.</summary>
public sealed record UioMap
{
    /// <summary>The range's name; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>Its physical address.</summary>
    public ulong? Address { get; init; }

    /// <summary>Bytes in it.</summary>
    public long? Size { get; init; }

    /// <summary>Bytes from the start of the mapped pages to the range.</summary>
    public long? Offset { get; init; }

    /// <summary>"registers 0x4a300000 524288", name, address and bytes, for CSV files.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} 0x{Address:x} {Size}").TrimStart();
}
