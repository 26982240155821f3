using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>A copy of memory of which smaps has counted all pages does not look for them again.</summary>
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
    public void A_core_has_all_of_it_and_nothing_of_a_gap()
    {
        ProcessMemoryMapping full = Mapping("rwxp");
        ProcessMemoryMapping gap = Mapping("r--p");

        Assert.Equal(4 * Megabyte, Copied(full, out byte[] ofFull));
        Assert.Equal(3 * Megabyte, Copied(gap, out byte[] ofGap));

        Assert.Equal(-1, ofFull.AsSpan().IndexOfAnyExcept((byte)'f'));
        Assert.Equal(Megabyte, ofGap.AsSpan().IndexOfAnyExcept((byte)'g'));
        Assert.Equal(-1, ofGap.AsSpan(Megabyte, Megabyte).IndexOfAnyExcept((byte)0));
        Assert.Equal(-1, ofGap.AsSpan(2 * Megabyte).IndexOfAnyExcept((byte)'g'));
    }

    [Fact]
    public void A_page_that_was_given_back_since_smaps_was_read_is_a_hole()
    {
        ProcessMemoryMapping full = Mapping("rwxp");
        Assert.NotNull(Child.Run(Child.Tool("kill"), ["-USR1", _child.Id.ToString(CultureInfo.InvariantCulture)]));
        Assert.True(SpinWait.SpinUntil(() => Mapping("rwxp").Rss < 4 * Megabyte, TimeSpan.FromSeconds(30)));

        long written = Copied(full, out byte[] bytes);

        int page = Environment.SystemPageSize;
        Assert.Equal((4 * Megabyte) - page, written);
        Assert.Equal(page, bytes.AsSpan().IndexOfAnyExcept((byte)'f'));
        Assert.Equal(-1, bytes.AsSpan(page, page).IndexOfAnyExcept((byte)0));
        Assert.Equal(-1, bytes.AsSpan(2 * page).IndexOfAnyExcept((byte)'f'));
    }

    // Bytes written, and what the file says.
    private long Copied(ProcessMemoryMapping mapping, out byte[] bytes)
    {
        string path = Path.Join(_child.Folder, mapping.Permissions);
        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, directory);
        using ProcessContents contents = ProcessContents.Open(Machine.Live, directory, _child.Id);
        using CoreFile file = CoreFile.Create(Machine.Live, path);
        FileCalls.Truncate(file.File, mapping.Size);
        CoreCopy copy = new(Machine.Live.Calls, contents, pages, file.File, CancellationToken.None);
        copy.Copy([new CoreSegment(mapping, mapping.Start, mapping.End, HasContent: true)]);
        file.Finish();
        bytes = File.ReadAllBytes(path);
        return copy.Written;
    }

    private ProcessMemoryMapping Mapping(string permissions) =>
        _child.Mappings().Single(mapping => mapping.Permissions == permissions && mapping.Path is null && mapping.End - mapping.Start == 4 * Megabyte);
}
