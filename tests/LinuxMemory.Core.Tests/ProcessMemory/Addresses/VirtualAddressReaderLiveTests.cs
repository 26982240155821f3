using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Pages of a program made here, which a child of it shares, found in physical memory. Nothing on the machine is changed.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class VirtualAddressReaderLiveTests : IDisposable
{
    private const string Shared = """
        #define _GNU_SOURCE
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <sys/prctl.h>
        #include <unistd.h>
        int main(void)
        {
            char *both = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
            char *own = mmap(0, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            char *huge = mmap(0, 8 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            madvise(huge, 8 << 20, MADV_HUGEPAGE);
            int pipes[2], child;
            char c;
            pipe(pipes);
            both[0] = 1;
            if ((child = fork()) == 0)
            {
                prctl(PR_SET_PDEATHSIG, 9);
                both[0] = 2;
                write(pipes[1], "x", 1);
                pause();
            }
            read(pipes[0], &c, 1);
            own[4096] = 1;
            memset(huge, 1, 8 << 20);
            printf("ready\n");
            fflush(stdout);
            char path[4096];
            pause();
        }
        """;

    private readonly NativeChild _child = NativeChild.Start(Shared);

    public void Dispose() => _child.Dispose();

    [Fact]
    public void A_page_that_two_share_is_one_frame_mapped_twice()
    {
        int other = int.Parse(File.ReadAllText($"/proc/{_child.Id}/task/{_child.Id}/children").Trim(), CultureInfo.InvariantCulture);
        ulong address = _child.Mappings(fast: true).Single(mapping => mapping.Kind == ProcessMemoryKind.SharedMemory).Start;

        VirtualAddress here = Read(_child.Id, address + 5);
        VirtualAddress there = Read(other, address + 5);

        Assert.Equal((PageState.FilePresent, PageState.FilePresent), (here.State, there.State));
        Assert.SkipWhen(here.Access != VirtualAddressAccess.Full, "frames are hidden from us");
        Assert.Equal(here.FrameNumber, there.FrameNumber);
        Assert.Equal(2, here.MapCount);
        Assert.Equal(RawCount(here.FrameNumber!.Value), (ulong)here.MapCount!.Value);
        Assert.Equal(((ulong)here.FrameNumber.Value * 4096) + 5, here.PhysicalAddress);
        Assert.Contains("MMAP", here.FrameFlags!);
        Assert.DoesNotContain("ANON", here.FrameFlags!);
        Assert.NotNull(here.Zone);
        Assert.NotNull(here.Node);
    }

    [Fact]
    public void A_page_of_its_own_is_mapped_once_and_its_neighbour_is_not_filled()
    {
        ProcessPageRange range = Pages().First(range => range is { State: PageState.Present, Kind: ProcessMemoryKind.Anonymous, Size: 4096 });

        VirtualAddress filled = Read(_child.Id, range.Start);
        VirtualAddress empty = Read(_child.Id, range.End);

        Assert.Equal((PageState.Present, PageState.NotPopulated), (filled.State, empty.State));
        Assert.Null(empty.FrameNumber);
        Assert.SkipWhen(filled.Access != VirtualAddressAccess.Full, "frames are hidden from us");
        Assert.Equal(1, filled.MapCount);
        Assert.Contains("ANON", filled.FrameFlags!);
    }

    [Fact]
    public void A_huge_page_ends_the_walk_one_level_earlier()
    {
        ProcessPageRange? huge = Pages().FirstOrDefault(range => range.IsHuge == true);
        Assert.SkipWhen(huge is null, "no huge page was to be had");

        VirtualAddress found = Read(_child.Id, huge.Start + 0x12345);

        Assert.Equal(2 << 20, found.PageSize);
        Assert.Equal((null, 0x12345L), (found.Indexes.PTE, found.Indexes.Offset));
        Assert.True(found.FrameFlags?.Contains("THP") != false);
    }

    [Theory]
    [InlineData(0UL, true, PageState.NotMapped)]
    [InlineData(1UL << 47, false, PageState.NotMapped)]
    [InlineData(ulong.MaxValue, true, PageState.NotMapped)]
    [InlineData(0xffffffffff600000, true, null)]
    public void Addresses_at_the_edges_are_answered(ulong address, bool isCanonical, PageState? state)
    {
        VirtualAddress found = Read(_child.Id, address);

        Assert.SkipWhen(address == 0xffffffffff600000 && found.Mapping is null, "this kernel has no [vsyscall]");
        Assert.Equal((isCanonical, state), (found.IsCanonical, found.State));
        Assert.Null(found.FrameNumber);
    }

    private List<ProcessPageRange> Pages()
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, directory);
        return [.. pages.Of(_child.Mappings(fast: true))];
    }

    private static VirtualAddress Read(int id, ulong address)
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, id);
        using VirtualAddressReader reader = new(Machine.Live, directory);
        return reader.Read(address);
    }

    private static ulong RawCount(long frame)
    {
        using FileStream file = File.OpenRead("/proc/kpagecount");
        byte[] count = new byte[8];
        file.Position = frame * 8;
        file.ReadExactly(count);
        return BitConverter.ToUInt64(count);
    }
}
