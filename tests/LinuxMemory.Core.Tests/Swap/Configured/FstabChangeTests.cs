using System.Globalization;
using System.Text;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public sealed class FstabChangeTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void A_line_is_added_behind_the_last_and_taken_back_byte_for_byte()
    {
        const string before = "# mine\r\n/dev/sda1  /  ext4  defaults 0 1\r\n\t# end";
        _tree.Write(FstabFile.FilePath, before);
        ConfigLineChange plan = FstabChange.Add(_tree.Machine, FstabEntry.ForSwap("/swap file", 10));

        PlannedChange done = plan.Apply(_tree.Machine);

        Assert.Equal(before + "\r\n/swap\\040file none swap defaults,nofail,pri=10 0 0", _tree.Read(FstabFile.FilePath));
        Assert.StartsWith("Add the line '/swap\\040file none swap", plan.Action, StringComparison.Ordinal);
        Assert.Equal(ChangeScope.Persistent, plan.Scope);
        done.Reverse!.Apply(_tree.Machine);
        Assert.Equal(before, _tree.Read(FstabFile.FilePath));
    }

    [Fact]
    public void Of_a_line_that_is_there_only_the_options_change()
    {
        _tree.Write(FstabFile.FilePath, "/swapfile\tnone   swap  sw  0 0  # ours\n/other none swap\n");

        PlannedChange done = FstabChange.Add(_tree.Machine, FstabEntry.ForSwap("/swapfile")).Apply(_tree.Machine);

        Assert.Equal("/swapfile\tnone   swap  defaults,nofail  0 0  # ours\n/other none swap\n", _tree.Read(FstabFile.FilePath));
        done.Reverse!.Apply(_tree.Machine);
        Assert.Equal("/swapfile\tnone   swap  sw  0 0  # ours\n/other none swap\n", _tree.Read(FstabFile.FilePath));
    }

    [Fact]
    public void A_line_that_says_the_same_needs_no_change()
    {
        _tree.Write(FstabFile.FilePath, "/swapfile swap swap pri=3,nofail 0 0\n");

        Assert.False(FstabChange.Add(_tree.Machine, FstabEntry.ForSwap("/swapfile", 3)).IsNeeded);
        Assert.True(FstabChange.Add(_tree.Machine, FstabEntry.ForSwap("/swapfile", 4)).IsNeeded);
        Assert.False(FstabChange.Remove(_tree.Machine, FstabEntry.ForSwap("/swap")).IsNeeded);
    }

    [Fact]
    public void Removing_takes_every_line_of_the_area_and_no_other()
    {
        const string before = "/swapfile none swap sw\n# /swapfile none swap sw\n/swapfile2 none swap sw\n/swapfile none swap\n/swapfile /mnt ext4 loop";
        _tree.Write(FstabFile.FilePath, before);

        PlannedChange done = FstabChange.Remove(_tree.Machine, FstabEntry.ForSwap("/swapfile")).Apply(_tree.Machine);

        Assert.Equal("# /swapfile none swap sw\n/swapfile2 none swap sw\n/swapfile /mnt ext4 loop", _tree.Read(FstabFile.FilePath));
        done.Reverse!.Apply(_tree.Machine);
        Assert.Equal(before, _tree.Read(FstabFile.FilePath));
    }

    [Fact]
    public void A_mount_is_known_by_its_mount_point()
    {
        _tree.Write(FstabFile.FilePath, "none /mnt/huge hugetlbfs pagesize=2M 0 0\n");
        FstabEntry entry = new() { Source = "hugetlbfs", MountPoint = "/mnt/huge", FileSystem = "hugetlbfs", Options = "pagesize=1G,nofail" };

        FstabChange.Add(_tree.Machine, entry).Apply(_tree.Machine);

        Assert.Equal("none /mnt/huge hugetlbfs pagesize=1G,nofail 0 0\n", _tree.Read(FstabFile.FilePath));
        Assert.True(FstabChange.Remove(_tree.Machine, entry).IsNeeded);
    }

    [Fact]
    public void Fifty_thousand_damaged_files_lose_no_byte()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("LINUXMEMORY_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int given)
            ? given : Environment.TickCount;
        output.WriteLine($"LINUXMEMORY_SEED={seed}");
        Random random = new(seed);
        byte[][] texts = [.. Texts.Select(Encoding.UTF8.GetBytes)];
        string path = _tree.Write(FstabFile.FilePath, "");
        for (int i = 0; i < 50_000; i++)
        {
            byte[] before = Mutation.Of(texts[random.Next(texts.Length)], random);
            File.WriteAllBytes(path, before);
            string place = $"file {i}, LINUXMEMORY_SEED={seed}: {Encoding.Latin1.GetString(before)}";
            try
            {
                FstabFile.Parse(KernelReader.Over(path, before));
            }
            catch (KernelFormatException)
            {
            }
            FstabEntry swap = FstabEntry.ForSwap("/swap file", random.Next(3) == 0 ? null : 7);

            byte[] with = Check(FstabChange.Add(_tree.Machine, swap), before, place);
            byte[] without = Check(FstabChange.Remove(_tree.Machine, swap), before, place);

            Assert.True(FstabFile.Parse(KernelReader.Over(path, with), _ => { }).Any(entry => entry.IsSameAs(swap) && entry is { IsNoFail: true }), place);
            Assert.False(FstabFile.Parse(KernelReader.Over(path, without), _ => { }).Any(entry => entry.IsSameAs(swap)), place);
        }
    }

    private static readonly string[] Texts =
    [
        "# static\nUUID=0a1b2c3d / ext4 errors=remount-ro 0 1\n/swap\\040file none swap sw,pri=7 0 0\nLABEL=x /x xfs defaults\n",
        "/dev/sda1\t/\text4\tdefaults\t0\t1\r\n/swap\\040file\tnone\tswap\tdefaults,nofail,discard=once\t0\t0 # here\r\n/swap\\040file swap swap\r\n",
        "",
        "\n\n# UNCONFIGURED FSTAB FOR BASE SYSTEM",
        "/swap\\040file none swap\nhugetlbfs /dev/hugepages hugetlbfs pagesize=1G 0 0",
    ];

    // What is not about the area stays, line for line and byte for byte, and the way back brings all of it.
    private static byte[] Check(ConfigLineChange plan, byte[] before, string place)
    {
        if (plan.Edit is null)
        {
            return before;
        }
        byte[] after = plan.Edit.Apply(before) ?? [];
        Assert.True(before.AsSpan().SequenceEqual(plan.Edit.Backwards().Apply(after)), place);
        IEnumerable<string> others = Others(before);
        Assert.True(others.SequenceEqual(Others(after)), place);
        return after;
    }

    private static IEnumerable<string> Others(byte[] file) => FileLines.Split(FileLines.Text(file)).Select(line => line.TrimEnd('\n', '\r'))
        .Where(line => FstabFile.TryParseLine(FileLines.Decode(line))?.Source != "/swap file");
}
