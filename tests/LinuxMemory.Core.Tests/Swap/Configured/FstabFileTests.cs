using System.Text;
using System.Text.Json;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

[Collection(nameof(StartsProcesses))]
public sealed class FstabFileTests : IDisposable
{
    private const string Text = """
        # /etc/fstab: static file system information.
        UUID=0a1b2c3d-0000-4000-8000-00000000000A / ext4 errors=remount-ro 0 1

        	LABEL="disk"	/data	xfs	defaults,nofail	0	2
        /swap\040file none swap sw,nofail,pri=10,discard=once 0 0
        PARTUUID=deadbeef-02 none swap sw,noauto
        PARTLABEL=swap\0432 swap swap
        hugetlbfs /dev/hugepages1G hugetlbfs pagesize=1G,mode=1770 0 0 # for the database
        UUID=9f swap swap discard,pri=99999 0 0
        """;

    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Escapes_tags_and_options_are_understood()
    {
        IReadOnlyList<FstabEntry> entries = Parse(Text);

        Assert.Equal([2, 4, 5, 6, 7, 8, 9], entries.Select(entry => entry.Line));
        Assert.Equal(new FstabSource(FstabSourceKind.Label, "my disk"), Parse("LABEL=\"my\\040disk\" / ext4")[0].Names);
        FstabEntry file = entries[2];
        Assert.Equal(("/swap file", FstabSourceKind.Path, 10, SwapDiscard.Once), (file.Source, file.Names.Kind, file.Priority, file.Discard));
        Assert.True(file is { IsSwap: true, IsNoFail: true, IsNoAuto: false });
        Assert.True(entries[3] is { IsNoAuto: true, IsNoFail: false, Priority: null, Discard: SwapDiscard.None });
        Assert.Equal(new FstabSource(FstabSourceKind.PartLabel, "swap#2"), entries[4].Names);
        Assert.Equal(("pagesize=1G,mode=1770", "1G"), (entries[5].Options, entries[5].ValueOf("pagesize")));
        Assert.Equal((SwapDiscard.Both, null), (entries[6].Discard, entries[6].Priority));
    }

    [Fact]
    public void A_line_with_too_little_is_reported_with_its_number_and_the_others_count()
    {
        List<string> reports = [];

        IReadOnlyList<FstabEntry> entries = FstabFile.Parse(Over("/swapfile\n/a none swap sw 0 x\n/b none swap\r\n"), e => reports.Add(e.Message));

        Assert.Equal("swap", Assert.Single(entries).FileSystem);
        Assert.Equal(2, reports.Count);
        Assert.Contains("etc/fstab:1", reports[0], StringComparison.Ordinal);
        Assert.Throws<KernelFormatException>(() => Parse("/swapfile\n"));
    }

    [Fact]
    public void What_is_written_is_read_as_it_was()
    {
        foreach (string path in new[] { "/a b", "/tab\there", "/new\nline", "/back\\slash", "/\\040", "/#hash", "/ä€", "/dotted.swap\r", "/x\u007f" })
        {
            FstabEntry entry = FstabEntry.ForSwap(path, 5, SwapDiscard.Pages);
            FstabEntry read = Assert.Single(Parse(entry.ToLine() + "\n"));
            Assert.Equal(entry with { Line = 1 }, read);
            Assert.Equal(("defaults,nofail,pri=5,discard=pages", 5), (read.Options, read.Priority));
        }
    }

    [Fact]
    public void Libmount_reads_the_same()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/findmnt") || File.Exists("/bin/findmnt"), "needs findmnt");
        string path = _tree.Write("etc/fstab", Text + "\n" + FstabEntry.ForSwap("/a b#\\c\td", -1).ToLine() + "\nbroken\n/e f g h i\r\n/j k l m\r\n");
        (_, string output) = Live.Run("findmnt", "--fstab", "--tab-file", path, "--list", "--json", "-o", "SOURCE,TARGET,FSTYPE,OPTIONS");
        IEnumerable<string> theirs = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..(output.LastIndexOf('}') + 1)]).RootElement.GetProperty("filesystems")
            .EnumerateArray().Select(line => string.Join('|', line.EnumerateObject().Select(field => field.Value.GetString() ?? "")));

        // findmnt writes quotes of a tag as they stand there.
        IEnumerable<string> ours = FstabFile.Read(_tree.Machine, _ => { }).Select(entry => $"{entry.Source}|{entry.MountPoint}|{entry.FileSystem}|{entry.Options}");

        Assert.Equal(theirs.Select(line => line.Replace("\"", "", StringComparison.Ordinal)), ours.Select(line => line.Replace("\"", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Tags_lead_to_devices_through_the_links_of_udev()
    {
        Directory.CreateDirectory(_tree.PathOf("dev/disk/by-uuid"));
        Directory.CreateDirectory(_tree.PathOf("dev/disk/by-label"));
        Directory.CreateDirectory(_tree.PathOf("dev/mapper"));
        File.CreateSymbolicLink(_tree.PathOf("dev/disk/by-uuid/0a1b"), "../../sda2");
        File.CreateSymbolicLink(_tree.PathOf("dev/disk/by-label/my\\x20swap"), "../../mapper/vg-swap");
        File.CreateSymbolicLink(_tree.PathOf("dev/mapper/vg-swap"), "../dm-3");

        Assert.Equal("/dev/sda2", FstabSource.Of("UUID=0A1B").Resolve(_tree.Machine));
        Assert.Equal("/dev/dm-3", FstabSource.Of("LABEL=my swap").Resolve(_tree.Machine));
        Assert.Equal("/dev/dm-3", FstabSource.Of("/dev/mapper/vg-swap").Resolve(_tree.Machine));
        Assert.Equal("/swapfile", FstabSource.Of("/swapfile").Resolve(_tree.Machine));
        Assert.Null(FstabSource.Of("UUID=none").Resolve(_tree.Machine));
        Assert.Null(FstabSource.Of("UUID=../../x").Resolve(_tree.Machine));
        Assert.Null(FstabSource.Of("tmpfs").Resolve(_tree.Machine));
    }

    [Fact]
    public void One_area_by_path_and_by_uuid_is_found_twice()
    {
        Directory.CreateDirectory(_tree.PathOf("dev/disk/by-uuid"));
        File.CreateSymbolicLink(_tree.PathOf("dev/disk/by-uuid/0a1b"), "../../sda2");
        IReadOnlyList<FstabEntry> entries = Parse("UUID=0A1B none swap\n/x none swap\n/ / ext4\nUUID=77 none swap\n/dev/sda2 swap swap pri=1\n/y none swap\nb / xfs\n/y none swap\nc none zfs\nd none zfs\n");

        Assert.Equal(["1 5", "3 7", "6 8"], Lines(FstabDuplicates.Find(_tree.Machine, entries)));
        Assert.Equal(["1 5", "2 4", "3 7", "6 8"], Lines(FstabDuplicates.Find(_tree.Machine, entries, path => path == "/x" ? "77" : null)));
    }

    private static IEnumerable<string> Lines(IReadOnlyList<IReadOnlyList<FstabEntry>> groups) => groups.Select(group => string.Join(' ', group.Select(entry => entry.Line)));

    private static IReadOnlyList<FstabEntry> Parse(string text) => FstabFile.Parse(Over(text));

    private static KernelReader Over(string text) => KernelReader.Over("/etc/fstab", Encoding.UTF8.GetBytes(text));
}
