using System.Globalization;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Whatever bytes come in, a parser gives an object or one of the two typed exceptions, and soon.</summary>
public class MutationTests(ITestOutputHelper output)
{
    private const int AtLeast = 100_000;
    private const int MostBytes = 64 * 1024;

    // One line registers a parser: the files that it reads, with * for any one name, and the call.
    private static readonly (string Files, Action<KernelReader> Parse)[] Parsers =
    [
        ("proc/meminfo", reader => MemInfoFile.Parse(reader, DateTimeOffset.UnixEpoch)),
        ("proc/*/cgroup", reader => CgroupFile.Parse(reader)),
        ("proc/*/cgroup", reader => CgroupFile.ParseMemoryPath(reader)),
        ("sys/fs/cgroup/memory/app/cgroup.procs", reader => CgroupProcsFile.Parse(reader)),
        ("sys/fs/cgroup/memory/app/memory.limit_in_bytes", reader => CgroupValueFile.Parse(reader)),
        ("sys/fs/cgroup/memory/app/memory.stat", reader => CgroupCountFile.Parse(reader)),
        ("proc/*/mountinfo", reader => MountInfoFile.Parse(reader)),
        ("proc/*/mountinfo", reader => HugePageMount.Of(MountInfoFile.Parse(reader)).Select(mount => mount.ToOptions()).Count()),
        ("usr/share/misc/pci.ids", reader => PciIds.Parse(reader)),
        ("proc/*/stat", reader => ProcessStatFile.Parse(reader)),
        ("proc/*/status", reader => ProcessStatusFile.Parse(reader)),
        ("proc/*/smaps_rollup", reader => SmapsRollupFile.Parse(reader)),
        ("proc/*/smaps", reader => SmapsFile.Parse(reader, 1, "init").Count()),
        ("proc/*/maps", reader => MapsFile.Parse(reader, 1, "init").Count()),
        ("proc/*/limits", reader => ProcessLimitsFile.Parse(reader)),
        ("proc/*/numa_maps", reader => NumaMapsFile.Summarize(1, "init", NumaMapsFile.Parse(reader, 1, "init"))),
        ("proc/buddyinfo", reader => BuddyInfoFile.Parse(reader, 4096)),
        ("proc/pagetypeinfo", reader => PageTypeInfoFile.Parse(reader)),
        ("proc/slabinfo", reader => SlabInfoFile.Parse(reader, 4096).Count()),
        ("proc/zoneinfo", reader => ZoneInfoFile.Parse(reader, 4096)),
        ("proc/vmstat", reader => VmStatFile.Parse(reader)),
        ("sys/devices/system/node/*/meminfo", reader => NodeMemInfoFile.Parse(reader)),
        ("sys/devices/system/node/*/numastat", reader => VmStatFile.Parse(reader)),
        ("proc/pressure/memory", reader => PressureFile.Parse(reader, "System")),
        ("proc/swaps", reader => SwapsFile.Parse(reader)),
        ("proc/stat", reader => BootTime.Parse(reader)),
        ("kmsg.txt", reader => OomLogFile.Parse(reader)),
        ("proc/crypto", reader => CryptoFile.Compressors(reader)),
        ("sys/devices/virtual/block/*/mm_stat", reader => MmStatFile.Parse(reader)),
    ];

    // What no capture holds.
    private static readonly (string File, string Text)[] Written =
    [
        ("usr/share/misc/pci.ids", "# names\n8086  Intel Corporation\n\t2918  LPC Interface Controller\n\t\t1028 0001  A subsystem\n\nC 06  Bridge\n\t01  ISA bridge\n\t\t00  An interface\n"),
    ];

    private static readonly string[] Captures =
        ["6.12.117+deb12-amd64-hugepages", "6.1.0-50-686-uma", "6.1.0-56-amd64-cgroup1-nopsi", "6.12.117+deb12-amd64-memless", "6.12.117+deb12-amd64-swap",
        "6.12.117+deb12-amd64-cgroup2-oom"];

    private volatile string _current = "";

    [Fact]
    public async Task Only_the_two_typed_exceptions_come_out_of_damaged_files()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("LINUXMEMORY_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int given)
            ? given
            : Environment.TickCount;
        output.WriteLine($"LINUXMEMORY_SEED={seed}");
        int each = (AtLeast / Parsers.Length) + 1;

        Task work = Task.Run(() => Parallel.For(0, Parsers.Length, index => Damage(index, each, seed)), TestContext.Current.CancellationToken);

        Task first = await Task.WhenAny(work, Task.Delay(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken));
        Assert.True(first == work, $"hangs in {_current}, LINUXMEMORY_SEED={seed}");
        await work;
    }

    private void Damage(int index, int count, int seed)
    {
        (string files, Action<KernelReader> parse) = Parsers[index];
        byte[][] texts = [.. Captures.SelectMany(name => Find(Fixture.PathOf(name), files)).Select(File.ReadAllBytes)
            .Concat(Written.Where(written => written.File == files).Select(written => System.Text.Encoding.UTF8.GetBytes(written.Text)))
            .Where(text => text.Length is > 0 and < MostBytes).DistinctBy(Convert.ToBase64String)];
        Assert.True(texts.Length > 0, $"no capture has {files}");
        Random random = new(unchecked(seed * 31 + index));
        for (int i = 0; i < count; i++)
        {
            _current = $"{files}, mutation {i}";
            byte[] damaged = Mutation.Of(texts[random.Next(texts.Length)], random);
            try
            {
                using KernelReader reader = KernelReader.Over(files, damaged);
                parse(reader);
            }
            catch (Exception e) when (e is KernelException or KernelFormatException)
            {
                // These two say what is wrong.
            }
            catch (Exception e)
            {
                Assert.Fail($"{_current}, LINUXMEMORY_SEED={seed}: {e}");
            }
        }
    }

    private static IEnumerable<string> Find(string directory, string files)
    {
        string[] parts = files.Split('/', 2);
        IEnumerable<string> found = Directory.Exists(directory) ? Directory.EnumerateFileSystemEntries(directory, parts[0]) : [];
        return parts.Length == 1 ? found.Where(File.Exists) : found.SelectMany(below => Find(below, parts[1]));
    }
}
