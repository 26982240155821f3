using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// The file systems of the files that one process maps: by the device of the mapping, as the process's mountinfo has it, and by
/// asking through map_files for what is mounted nowhere that the process sees.
/// </summary>
internal sealed class MappedFileSystems(SystemCalls calls, KernelDirectory process)
{
    private const uint Tmpfs = 0x01021994;
    private const uint Hugetlbfs = 0x958458F6;
    private const uint Overlay = 0x794C7630;

    private readonly Lazy<ILookup<string, string>> _mounted = new(() =>
    {
        using KernelReader? reader = process.TryRead(process.Living("mountinfo"));
        return (reader is null ? [] : MountInfoFile.Parse(reader)).ToLookup(mount => mount.Device, mount => mount.FileSystem);
    });

    public MappedFileStore Of(ProcessMemoryMapping mapping) => DeviceOf(mapping) is not string device
        ? MappedFileStore.Elsewhere
        : _mounted.Value[device].FirstOrDefault() switch
        {
            "tmpfs" or "devtmpfs" => MappedFileStore.Memory,
            "hugetlbfs" => MappedFileStore.HugePages,
            "overlay" => MappedFileStore.Below,
            // The first root can be tmpfs or ramfs.
            null or "rootfs" => Ask(mapping),
            _ => MappedFileStore.Elsewhere,
        };

    /// <summary>The file behind a mapping; null where that may not be opened, which takes CAP_CHECKPOINT_RESTORE or more.</summary>
    public KernelFile? TryOpen(ProcessMemoryMapping mapping)
    {
        try
        {
            return process.Open(string.Create(CultureInfo.InvariantCulture, $"map_files/{mapping.Start:x}-{mapping.End:x}"));
        }
        // What is no file of a file system, such as a ring of io_uring, cannot be opened by its link (ENXIO).
        catch (KernelException e) when (e.IsDenied || e.IsAbsent || e.Errno == Errno.ENXIO)
        {
            return null;
        }
    }

    private MappedFileStore Ask(ProcessMemoryMapping mapping)
    {
        using KernelFile? file = TryOpen(mapping);
        return (file is null ? 0 : calls.FileSystemOf(file).Magic) switch
        {
            Tmpfs => MappedFileStore.Memory,
            Hugetlbfs => MappedFileStore.HugePages,
            Overlay => MappedFileStore.Below,
            _ => MappedFileStore.Elsewhere,
        };
    }

    // "00:1f" of maps is "0:31" of mountinfo. A file system with a device of its own is on that.
    private static string? DeviceOf(ProcessMemoryMapping mapping) =>
        mapping.Device.StartsWith("00:", StringComparison.Ordinal)
        && int.TryParse(mapping.Device.AsSpan(3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int minor)
            ? string.Create(CultureInfo.InvariantCulture, $"0:{minor}") : null;
}
