using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Memory of which smaps has counted all pages is not looked through again; what was given back since is zeros, as the kernel reads it.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class FullMappingTests : IDisposable
{
    private const int Megabyte = 1 << 20;

    // Other permissions keep the kernel from joining the two. The signal gives the second page of the full one back.
    private const string Program = """
        #define _GNU_SOURCE
        #include <signal.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        static char *full;
        static void drop(int signal) { madvise(full + getpagesize(), getpagesize(), MADV_DONTNEED); }
        int main(void)
        {
            full = mmap(0, 4 << 20, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            char *gap = mmap(0, 4 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            madvise(gap, 4 << 20, MADV_NOHUGEPAGE);
            memset(full, 'f', 4 << 20);
            memset(gap, 'g', 1 << 20);
            memset(gap + (2 << 20), 'g', 2 << 20);
            mprotect(gap, 4 << 20, PROT_READ);
            signal(SIGUSR1, drop);
            printf("ready\n");
            fflush(stdout);
            for (;;) pause();
        }
        """;

    private readonly NativeChild _child = NativeChild.Start(Program);

    public void Dispose() => _child.Dispose();

    [Fact]
    public void A_full_mapping_is_one_stretch_and_one_with_a_gap_is_two()
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, directory);
        ProcessMemoryMapping full = Mapping("rwxp");
        ProcessMemoryMapping gap = Mapping("r--p");

        Assert.Equal([(full.Start, full.End)], MappingContents.Filled(pages, full, full.Start, full.End));
        Assert.Equal([(gap.Start, gap.Start + Megabyte), (gap.Start + (2 * Megabyte), gap.End)], MappingContents.Filled(pages, gap, gap.Start, gap.End));
    }

    [Fact]
    public void A_page_that_was_given_back_since_is_zeros()
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, directory);
        using ProcessContents contents = ProcessContents.Open(Machine.Live, directory, _child.Id);
        ProcessMemoryMapping full = Mapping("rwxp");
        Assert.NotNull(Child.Run(Child.Tool("kill"), ["-USR1", _child.Id.ToString(CultureInfo.InvariantCulture)]));
        Assert.True(SpinWait.SpinUntil(() => Mapping("rwxp").Rss < 4 * Megabyte, TimeSpan.FromSeconds(30)));

        (ulong start, ulong end) = Assert.Single(MappingContents.Filled(pages, full, full.Start, full.End));
        byte[] bytes = new byte[end - start];
        int count = contents.Read(start, bytes);

        int page = contents.PageSize;
        Assert.Equal(4 * Megabyte, count);
        Assert.Equal(-1, bytes.AsSpan(page, page).IndexOfAnyExcept((byte)0));
        Assert.Equal(page, bytes.AsSpan().IndexOfAnyExcept((byte)'f'));
        Assert.Equal(-1, bytes.AsSpan(2 * page).IndexOfAnyExcept((byte)'f'));
    }

    private ProcessMemoryMapping Mapping(string permissions) =>
        _child.Mappings().Single(mapping => mapping.Permissions == permissions && mapping.Path is null && mapping.End - mapping.Start == 4 * Megabyte);
}
