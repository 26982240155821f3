using System.Globalization;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>This computer's caches, memory blocks and slabs beside what lscpu, lsmem and slabtop show.</summary>
[Collection(nameof(StartsProcesses))]
public class HardwareToolsTests
{
    [Fact]
    public void Caches_are_lscpus()
    {
        string[][] rows = Table("lscpu", "-B", "-C=NAME,ONE-SIZE,ALL-SIZE,WAYS,TYPE,LEVEL,SETS,COHERENCY-SIZE");
        Assert.SkipWhen(rows.Length == 0, "lscpu sees no caches here");
        ILookup<string, CpuCache> ours = CpuCache.Read(Machine.Live)
            .ToLookup(cache => string.Create(CultureInfo.InvariantCulture, $"L{cache.Level}{cache.Type switch { "Data" => "d", "Instruction" => "i", _ => "" }}"));

        Assert.Equal(rows.Select(row => row[0]).Order(), ours.Select(same => same.Key).Order());
        foreach (string[] row in rows)
        {
            CpuCache cache = ours[row[0]].First();
            IEnumerable<string> expected = [Text(cache.Size), Text(ours[row[0]].Sum(same => same.Size)), Text(cache.Ways), cache.Type, Text(cache.Level), Text(cache.Sets), Text(cache.LineSize)];
            Assert.Equal(expected, row.Skip(1));
        }
    }

    [Fact]
    public void Blocks_are_lsmems()
    {
        Assert.SkipUnless(Machine.Live.Exists("sys/devices/system/memory/block_size_bytes"), "no memory hotplug here");
        string[][] rows = Table("lsmem", "-a", "-b", "-n", "-o", "RANGE,SIZE,STATE,NODE,ZONES");
        MemoryBlock[] ours = [.. MemoryBlock.Read(Machine.Live)];

        Assert.Equal(rows.Length, ours.Length);
        foreach ((string[] row, MemoryBlock block) in rows.Zip(ours))
        {
            Assert.Equal($"0x{block.Start:x16}-0x{block.Start + (ulong)block.Size - 1:x16}", row[0]);
            Assert.Equal((Text(block.Size), block.State, Text(block.Node)), (row[1], row[2], row[3]));
            Assert.Equal(block.Zones.Count == 0 ? "None" : string.Join('/', block.Zones), row[4]);
        }
    }

    [Fact]
    public void Slabs_are_slabtops()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && Machine.Live.Exists("proc/slabinfo"), "slabinfo is for root");
        SlabCache[] before = [.. SlabInfoFile.Read(Machine.Live)];
        string[][] rows = Table("slabtop", "-o");
        Dictionary<string, SlabCache> after = SlabInfoFile.Read(Machine.Live).GroupBy(cache => cache.Name).ToDictionary(same => same.Key, same => same.Last());
        int compared = 0;
        foreach (SlabCache cache in before.Where(cache => after.GetValueOrDefault(cache.Name) == cache))
        {
            // "65380 61025 93% 1.10K 4670 14 74720K ext4_inode_cache"
            if (rows.LastOrDefault(row => row.Length == 8 && row[7] == cache.Name) is string[] row)
            {
                Assert.Equal((Text(cache.TotalObjects), Text(cache.ActiveObjects), Text(cache.TotalSlabs), Text(cache.ObjectsPerSlab)), (row[0], row[1], row[4], row[5]));
                Assert.Equal((string.Create(CultureInfo.InvariantCulture, $"{Math.Round(cache.ObjectSize / 1024.0, 2, MidpointRounding.ToEven):0.00}K"), $"{cache.Size >> 10}K"), (row[3], row[6]));
                compared++;
            }
        }
        Assert.True(compared > 5, $"{compared} caches stood still");
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string[][] Table(string tool, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/" + tool), $"{tool} is not installed");
        (int code, string output) = Live.Run("/usr/bin/env", ["LC_ALL=C", "/usr/bin/" + tool, .. arguments]);
        Assert.SkipWhen(code != 0, output);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 4 && fields[0] != "NAME" && fields[0] != "RANGE")];
    }
}
