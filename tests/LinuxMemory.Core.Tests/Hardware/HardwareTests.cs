using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class HardwareTests
{
    [Fact]
    public void A_cache_is_its_ways_times_sets_times_lines()
    {
        CpuCache[] caches = [.. CpuCache.Read(Fixture.Machine("6.12.117+deb12-amd64-numa2"))];

        Assert.NotEmpty(caches);
        Assert.All(caches, cache => Assert.Equal(cache.Size, cache.Ways * cache.Sets * cache.LineSize));
        Assert.Equal(caches.Length, caches.DistinctBy(cache => (cache.Level, cache.Type, string.Join(',', cache.Cpus))).Count());
    }

    [Fact]
    public void Offline_blocks_are_told_from_online_ones()
    {
        MemoryBlock[] blocks = [.. MemoryBlock.Read(Fixture.Machine("6.12.117+deb12-amd64-offline"))];

        Assert.Contains(blocks, block => block.State == "offline");
        Assert.Contains(blocks, block => block is { State: "online", Zones: ["DMA32"], Node: 0 });
        Assert.All(blocks, block => Assert.Equal((ulong)block.Id * (ulong)block.Size, block.Start));
    }

    [Fact]
    public void Devices_behind_one_bridge_share_a_group()
    {
        IommuGroup[] groups = [.. IommuGroup.Read(Fixture.Machine("6.12.117+deb12-amd64-iommu"))];

        IommuGroup bridge = groups.Single(group => group.Id == 3);
        Assert.Equal(["0000:00:03.0", "0000:02:01.0", "0000:02:02.0"], bridge.Devices.Select(device => device.Address));
        Assert.All(bridge.Devices, device => Assert.StartsWith("0x", device.Vendor, StringComparison.Ordinal));
        Assert.All(bridge.Devices, device => Assert.Null(device.NumaNode));
    }

    [Fact]
    public void A_machine_without_IOMMU_has_no_groups() => Assert.Empty(IommuGroup.Read(Fixture.Machine("6.1.0-56-amd64-uma")));

    [Fact]
    public void Names_come_from_the_machines_pci_ids()
    {
        string tree = Directory.CreateTempSubdirectory("linuxmemory-pci-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Join(tree, "usr/share/misc"));
            File.WriteAllText(Path.Join(tree, "usr/share/misc/pci.ids"),
                "# comment\n8086  Intel Corporation\n\t2918  LPC Interface Controller\n\t\t1028 0001  A subsystem\n10de  NVIDIA Corporation\n\nC 06  Bridge\n\t01  ISA bridge\n\t\t00  A programming interface\n");
            PciIds ids = PciIds.Of(Machine.At(tree));

            Assert.Equal("Intel Corporation", ids.Vendor(0x8086));
            Assert.Equal("LPC Interface Controller", ids.Device(0x8086, 0x2918));
            Assert.Null(ids.Device(0x10de, 0x2918));
            Assert.Equal("ISA bridge", ids.Class(0x0601));
            Assert.Equal("Bridge", ids.Class(0x0680));
            Assert.Null(ids.Class(0x0300));
        }
        finally
        {
            Directory.Delete(tree, recursive: true);
        }
    }

    [Fact]
    public void A_kernel_driver_for_user_space_shows_its_memory()
    {
        string tree = Directory.CreateTempSubdirectory("linuxmemory-uio-").FullName;
        try
        {
            string map = Directory.CreateDirectory(Path.Join(tree, "sys/class/uio/uio0/maps/map0")).FullName;
            File.WriteAllText(Path.Join(tree, "sys/class/uio/uio0/name"), "pruss_evt0\n");
            File.WriteAllText(Path.Join(tree, "sys/class/uio/uio0/version"), "1.0\n");
            File.WriteAllText(Path.Join(map, "addr"), "0x4a300000\n");
            File.WriteAllText(Path.Join(map, "size"), "0x80000\n");
            UioDevice device = Assert.Single(UioDevice.Read(Machine.At(tree)));

            Assert.Equal(("uio0", "pruss_evt0", "1.0"), (device.Id, device.Name, device.Version));
            Assert.Equal((0x4a300000UL, 0x80000L), (device.Maps[0].Address, device.Maps[0].Size));
        }
        finally
        {
            Directory.Delete(tree, recursive: true);
        }
    }

    [Fact]
    public void Sharing_pages_has_a_profit_and_ratios()
    {
        Ksm ksm = Ksm.Read(Fixture.Machine("6.12.117+deb12-amd64-ksm-damon"));

        Assert.Equal(1, ksm.Run);
        Assert.True(ksm.Sharing > 0);
        Assert.Equal((double)ksm.Sharing!.Value / ksm.Shared!.Value, ksm.SharingRatio);
    }
}
