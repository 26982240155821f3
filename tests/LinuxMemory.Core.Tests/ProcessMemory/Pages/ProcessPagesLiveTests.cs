using LinuxMemory.Kernel;
using static LinuxMemory.PageState;

namespace LinuxMemory.Core.Tests;

/// <summary>The pages of a program made here that has every sort of them, found in both ways and compared with smaps.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class ProcessPagesLiveTests
{
    // Named by prctl so that the test finds each: private memory half filled in pieces, a guard in it where the kernel has such,
    // shared memory, a file read and partly written, a transparent huge page, and zero pages by reading.
    private const string EverySort = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        #define M (1UL << 20)
        static char *map(unsigned long size, int flags, int fd) { return mmap(0, size, PROT_READ | PROT_WRITE, flags, fd, 0); }
        int main(int argc, char **argv)
        {
            char path[4096];
            volatile char sum = 0;
            char *some = map(8 * M, MAP_PRIVATE | MAP_ANONYMOUS, -1);
            madvise(some, 8 * M, MADV_NOHUGEPAGE);
            for (int i = 0; i < 2048; i++) if (i % 7 < 3) some[i * 4096] = 1;
            madvise(some + 4 * M, 65536, 102);
            char *shared = map(4 * M, MAP_SHARED | MAP_ANONYMOUS, -1);
            memset(shared + M, 1, M);
            snprintf(path, sizeof path, "%s/data", argv[1]);
            int file = open(path, O_RDWR | O_CREAT, 0600);
            ftruncate(file, 4 * M);
            for (int i = 0; i < 1024; i++) pwrite(file, "x", 1, i * 4096);
            char *copy = map(4 * M, MAP_PRIVATE, file);
            for (int i = 0; i < 512; i++) sum += copy[i * 4096];
            for (int i = 0; i < 512; i += 3) copy[i * 4096] = 2;
            char *huge = map(16 * M, MAP_PRIVATE | MAP_ANONYMOUS, -1);
            madvise(huge, 16 * M, MADV_HUGEPAGE);
            memset(huge + 4 * M, 1, 6 * M);
            char *zeros = map(4 * M, MAP_PRIVATE | MAP_ANONYMOUS, -1);
            for (int i = 0; i < 100; i++) sum += zeros[i * 4096];
            printf("ready\n%p %p %p %p %p\n", some, shared, copy, huge, zeros);
            fflush(stdout);
            pause();
        }
        """;

    [Fact]
    public void Both_ways_give_the_same_answer()
    {
        using NativeChild child = AtRest();
        Assert.SkipUnless(Machine.Live.Calls.ProbePageScan() == Errno.None, "this kernel has no PAGEMAP_SCAN");

        List<ProcessPageRange> scanned = Pages(child, scans: true);
        List<ProcessPageRange> entries = Pages(child, scans: false);

        Assert.Contains(scanned, range => range.IsHuge == true);
        Assert.All(entries, range => Assert.Null(range.IsHuge));
        Assert.Equal(OnePageEach(scanned), OnePageEach(entries));
    }

    [Fact]
    public void Sums_are_those_of_smaps()
    {
        using NativeChild child = AtRest();
        List<ProcessPageRange> pages = Pages(child);
        List<ProcessMemoryMapping> mappings = child.Mappings();

        int compared = 0;
        foreach (ProcessMemoryMapping mapping in mappings.Where(mapping => mapping.Start < 1UL << 63 && !HasPagesWithoutFrames(mapping)))
        {
            ProcessPageRange[] own = [.. pages.Where(range => range.Start >= mapping.Start && range.End <= mapping.End)];
            Assert.Equal(mapping.Size, own.Sum(range => range.Size));
            // The zero page, huge or not, is there and is nobody's memory: a mapping that only read has an Rss of 0.
            if (mapping.Anonymous > 0 || mapping.Path is not null)
            {
                Assert.Equal(mapping.Rss, own.Where(range => range.State is Present or FilePresent).Sum(range => range.Size));
                Assert.Equal(mapping.Anonymous, own.Where(range => range.State == Present).Sum(range => range.Size));
                // Pagemap alone does not tell huge pages.
                Assert.Equal(own.Any(range => range.IsHuge is not null) ? mapping.AnonHugePages + mapping.FilePmdMapped + mapping.ShmemPmdMapped : 0,
                    own.Where(range => range.IsHuge == true).Sum(range => range.Size));
                compared++;
            }
        }
        Assert.InRange(compared, 8, mappings.Count);
    }

    [Fact]
    public void A_stretch_shows_what_is_not_mapped_and_is_widened_to_whole_pages()
    {
        using NativeChild child = AtRest();
        ProcessMemoryMapping first = child.Mappings(fast: true)[0];

        List<ProcessPageRange> ranges = Between(child, first.Start - 8192 + 5, first.Start + 1);

        Assert.Equal([NotMapped, FilePresent], ranges.Select(range => range.State));
        Assert.Equal((first.Start - 8192, first.Start), (ranges[0].Start, ranges[0].End));
        Assert.Equal(4096, ranges[1].Size);
        Assert.Null(ranges[0].Kind);
    }

    [Fact]
    public void A_guard_is_not_populated_and_named()
    {
        using NativeChild child = AtRest();

        ProcessPageRange[] guards = [.. Pages(child).Where(range => range.IsGuard)];

        Assert.SkipWhen(guards.Length == 0, "this kernel has no guard pages (6.13), or does not show them (6.15)");
        ProcessPageRange guard = Assert.Single(guards);
        Assert.Equal((NotPopulated, 65536L), (guard.State, guard.Size));
    }

    [Fact]
    public void The_far_end_of_the_address_space_is_not_mapped()
    {
        using NativeChild child = AtRest();

        Assert.DoesNotContain(Between(child, ulong.MaxValue - 1, ulong.MaxValue), range => range.State != NotMapped);
        Assert.Equal(NotMapped, Assert.Single(Between(child, 1UL << 62, (1UL << 62) + 1)).State);
        Assert.All(Between(child, 1, ulong.MaxValue - 4096), range => Assert.InRange(range.Size, 1, long.MaxValue));
        // Where the kernel maps it for everybody, that is in no page table of the process.
        bool hasVsyscall = child.Mappings(fast: true).Any(mapping => mapping.Kind == ProcessMemoryKind.Vsyscall);
        Assert.Equal(hasVsyscall ? [] : [NotMapped], Between(child, 0xffffffffff600000, 0xffffffffff601000).Select(range => range.State));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_process_that_has_ended_is_an_error(bool scans)
    {
        Assert.SkipWhen(scans && Machine.Live.Calls.ProbePageScan() != Errno.None, "this kernel has no PAGEMAP_SCAN");
        NativeChild child = AtRest();
        using KernelDirectory directory = ProcessList.Open(Machine.Live, child.Id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, directory, scans);
        List<ProcessMemoryMapping> mappings = child.Mappings();
        child.Dispose();

        Assert.Equal(Errno.ESRCH, Assert.Throws<KernelException>(() => pages.Of(mappings).ToList()).Errno);
        Assert.True(Assert.Throws<KernelException>(() => ProcessPages.Open(Machine.Live, directory)).IsAbsent);
    }

    // Behind its last line the program still has to find pause(), which may bring pages in.
    private static NativeChild AtRest()
    {
        NativeChild child = NativeChild.Start(EverySort);
        child.WaitUntilAsleep();
        return child;
    }

    // What has no frame of its own in the kernel's books: [vvar] and the like.
    private static bool HasPagesWithoutFrames(ProcessMemoryMapping mapping) => mapping.Kind is ProcessMemoryKind.Vvar or ProcessMemoryKind.Vdso;

    private static List<ProcessPageRange> Pages(NativeChild child, bool? scans = null)
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, child.Id);
        using ProcessPages pages = scans is bool how ? ProcessPages.Open(Machine.Live, directory, how) : ProcessPages.Open(Machine.Live, directory);
        return [.. pages.Of(child.Mappings(fast: true))];
    }

    private static List<ProcessPageRange> Between(NativeChild child, ulong start, ulong end)
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, child.Id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, directory);
        return [.. pages.Between(child.Mappings(fast: true), start, end, child.Id, "program")];
    }

    private static IEnumerable<string> OnePageEach(IEnumerable<ProcessPageRange> ranges) => ranges.SelectMany(range =>
        Enumerable.Range(0, (int)Math.Min(range.Size / 4096, 100_000)).Select(i => $"{range.Start + ((ulong)i * 4096):x} {range.State} {range.IsSoftDirty} {range.IsGuard} {range.Mapping}"));
}
