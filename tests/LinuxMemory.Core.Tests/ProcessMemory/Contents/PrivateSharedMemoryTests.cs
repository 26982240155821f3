using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>A private mapping of a memfd, as virtual machines have: its holes are read by nobody, what the process wrote over them is found.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class PrivateSharedMemoryTests : IDisposable
{
    private const string Program = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        int main(void)
        {
            int file = memfd_create("guest", 0);
            ftruncate(file, 64 << 20);
            char *private = mmap(0, 64 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
            pwrite(file, "needle-1", 8, 32 << 20);
            strcpy(private + (16 << 20), "needle-2");
            fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 16 << 20, 1 << 20);
            volatile char touched = private[32 << 20];
            printf("ready\n");
            fflush(stdout);
            pause();
        }
        """;

    private readonly NativeChild _child = NativeChild.Start(Program);

    public void Dispose() => _child.Dispose();

    [Fact]
    public void All_that_is_filled_is_found_and_nothing_more_is_filled()
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);
        using ProcessContents contents = ProcessContents.Open(Machine.Live, directory, _child.Id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, directory);

        List<ProcessMemoryMatch> found = [.. ProcessMemorySearch.Find(contents, pages, _child.Mappings(fast: true).Where(IsGuest), "needle-"u8.ToArray())];

        Assert.Equal(["needle-2", "needle-1"], found.Select(match => Encoding.ASCII.GetString(match.Bytes)[..8]));
        AssertSmall();
    }

    [Fact]
    public void A_core_has_it_and_fills_nothing_either()
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, _child.Id);

        ProcessCore core = ProcessCore.Write(Machine.Live, directory, Path.Join(_child.Folder, "core"), null, freeze: false, CancellationToken.None);

        byte[] bytes = File.ReadAllBytes(core.Path);
        Assert.True(bytes.AsSpan().IndexOf("needle-1"u8) > 0);
        Assert.True(bytes.AsSpan().IndexOf("needle-2"u8) > 0);
        AssertSmall();
    }

    private static bool IsGuest(ProcessMemoryMapping mapping) => mapping.Path?.StartsWith("/memfd:guest", StringComparison.Ordinal) == true;

    // The page of the file, the page of the process, and what the kernel may map around them.
    private void AssertSmall() => Assert.InRange(_child.Mappings().Single(IsGuest).Rss!.Value, 8192, 1 << 20);
}
