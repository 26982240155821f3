using System.Globalization;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Readers of many small files: whatever one of them holds, or when one is missing, only the typed exceptions come out.</summary>
public sealed class DamagedTreesTests(ITestOutputHelper output)
{
    private const int Rounds = 400;

    private static readonly Dictionary<string, (string Fixture, string[] Paths, Action<Machine> Read)> Readers = new()
    {
        ["NumaNode"] = ("6.12.117+deb12-amd64-memonly", [Nodes(0), Nodes(1), "sys/devices/virtual/memory_tiering"], machine => Walk(NumaNodes.Read(machine))),
        ["NumaStatistic"] = ("6.12.117+deb12-amd64-numa2", [Nodes(0, "/numastat"), Nodes(1, "/numastat")], machine => Walk(NumaStatistic.Read(machine))),
        ["HugePagePool"] = ("6.12.117+deb12-amd64-hugepages", ["sys/kernel/mm/hugepages", Nodes(0, "/hugepages")], machine => Walk(HugePagePools.Read(machine))),
        ["CpuCache"] = ("6.12.117+deb12-amd64-numa2", ["sys/devices/system/cpu/cpu0/cache", "sys/devices/system/cpu/cpu1/cache"], machine => Walk(CpuCache.Read(machine))),
        ["MemoryBlock"] = ("6.12.117+deb12-amd64-uma", ["sys/devices/system/memory"], machine => Walk(MemoryBlock.Read(machine))),
        ["ZonesAndBlocks"] = ("6.12.117+deb12-amd64-offline", ["proc/zoneinfo", "proc/meminfo", "proc/buddyinfo", "proc/pagetypeinfo", "sys/devices/system/memory"], machine =>
        {
            Walk(ZoneInfoFile.Read(machine));
            Walk(BuddyInfoFile.Read(machine));
            Walk(MemoryBlock.Read(machine));
        }),
        ["IommuGroup"] = ("6.12.117+deb12-amd64-iommu", ["sys/kernel/iommu_groups", "sys/devices/pci0000:00"], machine => Walk(IommuGroup.Read(machine))),
        ["UioDevice"] = ("6.12.117+deb12-amd64-uma", [], machine => Walk(UioDevice.Read(machine))),
        ["Ksm"] = ("6.12.117+deb12-amd64-ksm-damon", ["sys/kernel/mm/ksm", "proc/meminfo", "proc/vmstat"], machine => Ksm.Read(machine)),
        ["TransparentHugePage"] = ("6.12.117+deb12-amd64-uma", ["sys/kernel/mm/transparent_hugepage", "proc/meminfo", "proc/cmdline"], machine => TransparentHugePages.Read(machine)),
    };

    public static TheoryData<string> Names => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_two_typed_exceptions_come_out(string name)
    {
        (string fixture, string[] paths, Action<Machine> read) = Readers[name];
        int seed = int.TryParse(Environment.GetEnvironmentVariable("LINUXMEMORY_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int given) ? given : Environment.TickCount;
        output.WriteLine($"LINUXMEMORY_SEED={seed}");
        Random random = new(seed);
        string tree = Fixture.CopyPart(fixture, paths);
        Complete(tree, name);
        try
        {
            string[] files = Directory.GetFiles(tree, "*", SearchOption.AllDirectories);
            Assert.NotEmpty(files);
            Machine machine = Machine.At(tree);
            for (int round = 0; round < Rounds; round++)
            {
                string file = files[random.Next(files.Length)];
                byte[] original = File.ReadAllBytes(file);
                Damage(file, original, random, round);
                try
                {
                    read(machine);
                }
                catch (Exception e) when (e is KernelException or KernelFormatException)
                {
                    // These two say what is wrong.
                }
                catch (Exception e)
                {
                    Assert.Fail($"{file}, round {round}, LINUXMEMORY_SEED={seed}: {e}");
                }
                File.WriteAllBytes(file, original);
            }
        }
        finally
        {
            Directory.Delete(tree, recursive: true);
        }
    }

    // What no capture holds: the links by which devices are found, and a device driven from user space.
    private static void Complete(string tree, string name)
    {
        if (name == "IommuGroup")
        {
            string devices = Directory.CreateDirectory(Path.Join(tree, "sys/bus/pci/devices")).FullName;
            foreach (string device in Directory.GetDirectories(Path.Join(tree, "sys/devices/pci0000:00")).Select(path => Path.GetFileName(path)).Where(address => address.StartsWith("0000:", StringComparison.Ordinal)))
            {
                File.CreateSymbolicLink(Path.Join(devices, device), $"../../../devices/pci0000:00/{device}");
                File.CreateSymbolicLink(Path.Join(tree, "sys/kernel/iommu_groups/0/devices", device), $"../../../../devices/pci0000:00/{device}");
            }
        }
        if (name == "UioDevice")
        {
            string map = Directory.CreateDirectory(Path.Join(tree, "sys/class/uio/uio0/maps/map0")).FullName;
            File.WriteAllText(Path.Join(tree, "sys/class/uio/uio0/name"), "own_driver\n");
            File.WriteAllText(Path.Join(tree, "sys/class/uio/uio0/version"), "1.0\n");
            foreach ((string file, string text) in (IEnumerable<(string, string)>)[("name", "registers\n"), ("addr", "0x4a300000\n"), ("size", "0x80000\n"), ("offset", "0x0\n")])
            {
                File.WriteAllText(Path.Join(map, file), text);
            }
        }
    }

    private static void Damage(string file, byte[] original, Random random, int round)
    {
        if (round % 10 == 0 || original.Length == 0)
        {
            File.Delete(file);
            return;
        }
        File.WriteAllBytes(file, Mutation.Of(original, random));
    }

    private static string Nodes(int id, string path = "") => $"sys/devices/system/node/node{id}{path}";

    private static void Walk<T>(IEnumerable<T> items) => _ = items.Count();
}
