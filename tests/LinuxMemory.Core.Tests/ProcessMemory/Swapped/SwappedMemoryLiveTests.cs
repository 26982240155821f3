using System.Buffers.Binary;
using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>The memory of a program made here, pushed into a swap area of its own: where it is, what is in it, and what smaps says.</summary>
[Trait("Category", "Live")]
[Collection(nameof(StartsProcesses))]
public sealed class SwappedMemoryLiveTests : IDisposable
{
    private const int MiB = 1 << 20;
    private const int Page = 4096;

    // Each page begins with its number and goes on with what no compression likes; texts stand across the ends of pages.
    private const string Fills = """
        #define _GNU_SOURCE
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        static char *fill(char *at, long pages)
        {
            unsigned long word = 88172645463325252UL;
            for (unsigned long *next = (unsigned long *)at; next < (unsigned long *)(at + pages * 4096); next++)
            {
                word ^= word << 13; word ^= word >> 7; word ^= word << 17;
                *next = (char *)next - at & 4095 ? word : ((char *)next - at) / 4096;
            }
            memcpy(at + 100 * 4096 - 4, "needle-1", 8);
            memcpy(at + (pages - 1) * 4096 - 4, "needle-2", 8);
            return at;
        }
        int main(void)
        {
            char *own = mmap(0, 8 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            char *shared = mmap(0, 4 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
            madvise(own, 8 << 20, MADV_NOHUGEPAGE);
            fill(own, 1500);
            fill(shared, 1000);
            puts("ready");
            fflush(stdout);
            pause();
        }
        """;

    private readonly OwnSwap _swap = new();
    private readonly NativeChild _child;
    private readonly ProcessMemoryMapping _own;
    private readonly ProcessMemoryMapping _shared;

    public SwappedMemoryLiveTests()
    {
        try
        {
            _child = NativeChild.Start(Fills);
            _child.WaitUntilAsleep();
            _own = _child.Mappings(fast: true).Single(mapping => mapping is { Kind: ProcessMemoryKind.Anonymous, Size: 8 * MiB });
            _shared = _child.Mappings(fast: true).Single(mapping => mapping is { Kind: ProcessMemoryKind.SharedMemory, Size: 4 * MiB });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _child?.Dispose();
        _swap.Dispose();
    }

    [Fact]
    public void Advice_tells_what_went_to_swap_as_smaps_does()
    {
        (long rss, long swap) = Sums();

        ProcessAdviceResult result = Advise();

        Assert.Equal((rss, swap), (result.RssBefore, result.SwapBefore));
        Assert.Equal(Sums(), (result.RssAfter!.Value, result.SwapAfter!.Value));
        Assert.InRange(result.SwapAfter!.Value - swap, 1, 2600 * Page);
        Assert.InRange(rss - result.RssAfter!.Value, 1, 2600 * Page);
        Assert.Equal(12L * MiB, result.Advised + result.Refused);
    }

    [Fact]
    public void Pages_in_swap_are_those_of_smaps_in_both_ways()
    {
        PushOut();

        List<ProcessPageRange> pages = Pages(scans: false);

        ProcessMemoryMapping now = _child.Mappings().Single(mapping => mapping.Start == _own.Start);
        ProcessPageRange[] own = [.. pages.Where(range => range.Start >= _own.Start && range.End <= _own.End)];
        Assert.Equal(now.Swap, own.Where(range => range.State == PageState.Swapped).Sum(range => range.Size));
        Assert.Equal(now.Rss, own.Where(range => range.State == PageState.Present).Sum(range => range.Size));
        Assert.Equal(548 * Page, own.Where(range => range.State == PageState.NotPopulated).Sum(range => range.Size));
        // Of shared memory the page tables do not say that it is in swap.
        Assert.DoesNotContain(pages, range => range.State == PageState.Swapped && range.Start >= _shared.Start && range.End <= _shared.End);
        Assert.SkipUnless(Machine.Live.Calls.ProbePageScan() == Errno.None, "this kernel has no PAGEMAP_SCAN");
        Assert.Equal(pages.Select(Line), Pages(scans: true).Select(Line));
    }

    [Fact]
    public void The_place_of_a_page_in_swap_holds_what_the_page_held()
    {
        PushOut();
        ProcessPageRange range = Pages(scans: false).First(range => range.State == PageState.Swapped && range.Start >= _own.Start && range.Size >= 2 * Page);
        int type = Array.FindIndex(File.ReadAllLines("/proc/swaps")[1..], line => line.StartsWith(_swap.Path, StringComparison.Ordinal));

        VirtualAddress first = Resolve(range.Start + 7);
        VirtualAddress second = Resolve(range.Start + Page);

        Assert.Equal((PageState.Swapped, null, null, null, VirtualAddressAccess.Full), (first.State, first.FrameNumber, first.PhysicalAddress, first.FrameFlags, first.Access));
        Assert.SkipWhen(File.ReadAllLines("/proc/swaps").Length > 2, "other swap areas are in use");
        Assert.Equal((type, type), (first.SwapType, second.SwapType));
        Assert.NotEqual(first.SwapOffset, second.SwapOffset);
        // The kernel writes a page to the disk some time after it took it from the process.
        long number = (long)(range.Start - _own.Start) / Page;
        Assert.True(SpinWait.SpinUntil(() => BinaryPrimitives.ReadInt64LittleEndian(_swap.PageOnDisk(first.SwapOffset!.Value)) == number, TimeSpan.FromSeconds(30)));
        Assert.True(SpinWait.SpinUntil(() => BinaryPrimitives.ReadInt64LittleEndian(_swap.PageOnDisk(second.SwapOffset!.Value)) == number + 1, TimeSpan.FromSeconds(30)));
        // Looking did not bring it back.
        Assert.Equal(PageState.Swapped, Resolve(range.Start).State);
    }

    [Fact]
    public void What_is_in_swap_is_read_and_found_and_comes_back_by_that()
    {
        PushOut();
        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);
        using ProcessContents contents = ProcessContents.Open(Machine.Live, directory, _child.Id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, directory);

        byte[] read = [.. contents.Stream(_own.Start, 1500 * Page, 64 << 10).SelectMany(piece => piece.Bytes)];

        Assert.Equal(Expected(1500), read);
        Assert.Equal(0, _child.Mappings().Single(mapping => mapping.Start == _own.Start).Swap);
        PushOut();
        ProcessMemoryMatch[] found = [.. ProcessMemorySearch.Find(contents, pages, _child.Mappings(fast: true).Where(mapping => mapping.Start == _own.Start), "needle-"u8.ToArray())];
        Assert.Equal([_own.Start + (100 * Page) - 4, _own.Start + (1499 * Page) - 4], found.Select(match => match.Address));
    }

    [Fact]
    public void A_core_holds_what_is_in_swap_private_and_shared()
    {
        PushOut();
        string path = Path.Join(_child.Folder, "core");
        using (KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id))
        {
            ProcessCore.Write(Machine.Live, directory, path, null, freeze: false, CancellationToken.None);
        }

        Assert.Equal(Expected(1500), InCore(path, _own.Start, 1500 * Page));
        Assert.Equal(Expected(1000), InCore(path, _shared.Start, 1000 * Page));
    }

    private static byte[] Expected(int pages)
    {
        byte[] bytes = new byte[pages * Page];
        ulong word = 88172645463325252;
        for (int i = 0; i < bytes.Length; i += 8)
        {
            word ^= word << 13;
            word ^= word >> 7;
            word ^= word << 17;
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i), i % Page == 0 ? (ulong)(i / Page) : word);
        }
        Encoding.ASCII.GetBytes("needle-1").CopyTo(bytes, (100 * Page) - 4);
        Encoding.ASCII.GetBytes("needle-2").CopyTo(bytes, ((pages - 1) * Page) - 4);
        return bytes;
    }

    // The bytes of a stretch in an ELF core: type, offset, address and size in the file of each program header.
    private static byte[] InCore(string path, ulong address, int length)
    {
        byte[] core = File.ReadAllBytes(path);
        for (int i = 0, at = (int)BinaryPrimitives.ReadInt64LittleEndian(core.AsSpan(32)); i < BinaryPrimitives.ReadUInt16LittleEndian(core.AsSpan(56)); i++, at += 56)
        {
            ulong start = BinaryPrimitives.ReadUInt64LittleEndian(core.AsSpan(at + 16));
            long size = BinaryPrimitives.ReadInt64LittleEndian(core.AsSpan(at + 32));
            if (core[at] == 1 && start <= address && address + (ulong)length <= start + (ulong)size)
            {
                return core.AsSpan((int)BinaryPrimitives.ReadInt64LittleEndian(core.AsSpan(at + 8)) + (int)(address - start), length).ToArray();
            }
        }
        Assert.Fail($"{address:x} is not in the core.");
        return [];
    }

    // Pages that were filled a moment ago wait in lists of each processor, where no reclaim finds them.
    private void PushOut()
    {
        Assert.SkipUnless(SpinWait.SpinUntil(() => Advise().SwapAfter >= 2400 * Page, TimeSpan.FromSeconds(20)), "the kernel does not take the pages");
    }

    private ProcessAdviceResult Advise()
    {
        ProcessAdviceResult? result = null;
        ProcessAdviceChange.Plan(Machine.Live, _child.Id, ProcessPageAdvice.PageOut, mapping => mapping.Start == _own.Start || mapping.Start == _shared.Start, found => result = found).Apply(Machine.Live);
        return result!;
    }

    private (long Rss, long Swap) Sums()
    {
        List<ProcessMemoryMapping> mappings = _child.Mappings();
        return (mappings.Sum(mapping => mapping.Rss ?? 0), mappings.Sum(mapping => mapping.Swap ?? 0));
    }

    private List<ProcessPageRange> Pages(bool scans)
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, directory, scans);
        return [.. pages.Of([_own, _shared])];
    }

    private VirtualAddress Resolve(ulong address)
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);
        using VirtualAddressReader reader = new(Machine.Live, directory);
        return reader.Read(address);
    }

    private static string Line(ProcessPageRange range) => $"{range.Start:x}-{range.End:x} {range.State} {range.IsSoftDirty}";
}
