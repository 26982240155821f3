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
