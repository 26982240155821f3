using System.Buffers.Binary;
using System.Text;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Pages of every sort in a pagemap made by hand: bits that this kernel may not have, such as those of soft-dirty tracking and of guards.</summary>
public sealed class ConstructedPagesTests : IDisposable
{
    private const ulong Present = 1UL << 63;
    private const ulong Swapped = 1UL << 62;
    private const ulong OfFile = 1UL << 61;
    private const ulong Guard = 1UL << 58;
    private const ulong SoftDirty = 1UL << 55;

    // The pages from 0x10000 on.
    private static readonly ulong[] Private =
        [Present | SoftDirty | 100, Present | SoftDirty | 101, Present | 102, Swapped | SoftDirty | (7 << 5) | 2, Swapped | (8 << 5) | 2, 0, 0, Swapped | Guard, Swapped | SoftDirty | Guard];

    // From 0x20000 on, of a file.
    private static readonly ulong[] File = [Present | OfFile | 200, Present | OfFile | SoftDirty | 201, Present | SoftDirty | 202, 0];

    // From 0x28000 on: a new mapping counts as written as a whole. PAGEMAP_SCAN does not say so.
    private static readonly ulong[] New = [Present | SoftDirty | 300, SoftDirty, Present | SoftDirty | 301];

    private readonly TemporaryTree _tree = new();

    public ConstructedPagesTests()
    {
        byte[] pagemap = new byte[0x30 * 8];
        Put(pagemap, 0x10, Private);
        Put(pagemap, 0x20, File);
        Put(pagemap, 0x28, New);
        _tree.Write("proc/77/comm", "made\n");
        System.IO.File.WriteAllBytes(Path.Join(_tree.Root, "proc/77/pagemap"), pagemap);
    }

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void What_was_written_is_told_where_the_kernel_tracks_it()
    {
        string[] found = [.. Pages(scans: false, tracks: true).Select(Line)];

        Assert.Equal(
        [
            "10000-12000 Present written", "12000-13000 Present", "13000-14000 Swapped written", "14000-15000 Swapped",
            "15000-17000 NotPopulated", "17000-18000 NotPopulated guard", "18000-19000 NotPopulated written guard",
            "20000-21000 FilePresent", "21000-22000 FilePresent written", "22000-23000 Present written", "23000-24000 NotPopulated",
            "28000-29000 Present written", "29000-2a000 NotPopulated written", "2a000-2b000 Present written",
        ], found);
    }

    [Fact]
    public void Both_ways_agree_about_it() =>
        Assert.Equal(Pages(scans: false, tracks: true).Select(Line), Pages(scans: true, tracks: true).Select(Line));

    [Fact]
    public void Where_the_kernel_does_not_track_it_nothing_is_claimed() =>
        Assert.All(Pages(scans: false, tracks: false), range => Assert.Null(range.IsSoftDirty));

    [Fact]
    public void Frames_and_places_in_swap_stand_in_the_lower_bits()
    {
        Assert.Equal((2, 7L), PageEntries.SwapPlaceOf(Private[3]));
        Assert.Equal(100, PageEntries.FrameOf(Private[0]));
        Assert.Equal((31, (1L << 50) - 1), PageEntries.SwapPlaceOf(Swapped | ((1UL << 55) - 1)));
        // Hidden from who lacks CAP_SYS_ADMIN.
        Assert.Null(PageEntries.SwapPlaceOf(Swapped | SoftDirty));
        Assert.Null(PageEntries.FrameOf(Present | SoftDirty));
        Assert.Null(PageEntries.FrameOf(Swapped | 5));
    }

    [Fact]
    public void A_tree_of_files_has_no_pages()
    {
        using KernelDirectory directory = ProcessList.Open(_tree.Machine, 77);

        Assert.Throws<NeedsLiveMachineException>(() => ProcessPages.Open(_tree.Machine, directory));
    }

    private List<ProcessPageRange> Pages(bool scans, bool tracks)
    {
        Machine machine = Machine.At(_tree.Root, new Calls(tracks));
        using KernelDirectory directory = ProcessList.Open(machine, 77);
        using ProcessPages pages = ProcessPages.Open(machine, directory, scans);
        using KernelReader maps = KernelReader.Over("maps", Encoding.ASCII.GetBytes("10000-19000 rw-p 00000000 00:00 0 \n20000-24000 rw-p 00000000 fe:00 7 /srv/data\n28000-2b000 rw-p 00000000 00:00 0 \n"));
        return [.. pages.Of([.. MapsFile.Parse(maps, 77, "made")])];
    }

    private static string Line(ProcessPageRange range) =>
        $"{range.Start:x}-{range.End:x} {range.State}{(range.IsSoftDirty == true ? " written" : "")}{(range.IsGuard ? " guard" : "")}";

    private static void Put(byte[] pagemap, int page, ulong[] entries)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(pagemap.AsSpan((page + i) * 8), entries[i]);
        }
    }

    /// <summary>A kernel that finds runs of pages as PAGEMAP_SCAN does, in the same pages.</summary>
    private sealed class Calls(bool tracks) : SystemCalls
    {
        public override int PageSize => 4096;

        public override ulong ProbePagemap() => Present | (tracks ? SoftDirty : 0);

        internal override int ScanPages(KernelFile pagemap, ulong start, ulong end, ulong categories, PageRegion[] regions, out ulong walked)
        {
            int count = 0;
            for (ulong address = start; address < end; address += 4096)
            {
                ulong entry = address >= 0x28000 ? New[(address - 0x28000) / 4096] & ~SoftDirty : address >= 0x20000 ? File[(address - 0x20000) / 4096] : Private[(address - 0x10000) / 4096];
                ulong all = ((entry & OfFile) != 0 ? PageCategory.File : 0) | ((entry & Present) != 0 ? PageCategory.Present : 0) | ((entry & Swapped) != 0 ? PageCategory.Swapped : 0)
                    | ((entry & SoftDirty) != 0 ? PageCategory.SoftDirty : 0) | ((entry & Guard) != 0 ? PageCategory.Guard : 0);
                if ((all & (PageCategory.Present | PageCategory.Swapped)) == 0)
                {
                    continue;
                }
                if (count > 0 && regions[count - 1].End == address && regions[count - 1].Categories == (all & categories))
                {
                    regions[count - 1].End += 4096;
                    continue;
                }
                regions[count++] = new PageRegion { Start = address, End = address + 4096, Categories = all & categories };
            }
            walked = end;
            return count;
        }
    }
}
