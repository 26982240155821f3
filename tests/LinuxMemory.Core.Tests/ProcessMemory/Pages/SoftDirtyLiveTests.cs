using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>What a program wrote since its bits were cleared, told page by page.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class SoftDirtyLiveTests
{
    private const int PageSize = 4096;

    // Executable, so that the test finds it and the kernel joins it with nothing.
    private const string OneMapping = """
        #define _GNU_SOURCE
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        int main(void)
        {
            char *map = mmap(0, 64 * 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            madvise(map, 64 * 4096, MADV_NOHUGEPAGE);
            memset(map, 1, 32 * 4096);
            puts("ready");
            fflush(stdout);
            pause();
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pages_written_after_the_bits_were_cleared_are_told_from_the_others(bool scans)
    {
        Assert.SkipUnless(PageEntries.IsSoftDirty(Machine.Live.Calls.ProbePagemap()), "this kernel has no soft-dirty bits (CONFIG_MEM_SOFT_DIRTY)");
        Assert.SkipWhen(scans && Machine.Live.Calls.ProbePageScan() != Errno.None, "this kernel has no PAGEMAP_SCAN");
        using NativeChild child = NativeChild.Start(OneMapping);
        child.WaitUntilAsleep();
        ProcessMemoryMapping mapping = child.Mappings(fast: true).Single(mapping => mapping.Permissions == "rwxp" && mapping.Path is null);
        Assert.All(Pages(child, mapping, scans), range => Assert.True(range.IsSoftDirty));

        File.WriteAllText($"/proc/{child.Id}/clear_refs", "4");
        Assert.All(Pages(child, mapping, scans), range => Assert.False(range.IsSoftDirty));
        foreach (int page in new[] { 0, 5, 6, 40 })
        {
            Write(child, mapping.Start + (ulong)(page * PageSize));
        }

        List<ProcessPageRange> pages = Pages(child, mapping, scans);
        Assert.Equal([(0, 1), (5, 7), (40, 41)], pages.Where(range => range.IsSoftDirty == true)
            .Select(range => ((int)(range.Start - mapping.Start) / PageSize, (int)(range.End - mapping.Start) / PageSize)));
        Assert.Equal(33L * PageSize, pages.Where(range => range.State == PageState.Present).Sum(range => range.Size));
    }

    private static void Write(NativeChild child, ulong address)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle memory = File.OpenHandle($"/proc/{child.Id}/mem", FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.Write(memory, [2], (long)address);
    }

    private static List<ProcessPageRange> Pages(NativeChild child, ProcessMemoryMapping mapping, bool scans)
    {
        using KernelDirectory directory = ProcessList.Open(Machine.Live, child.Id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, directory, scans);
        return [.. pages.Of([mapping])];
    }
}
