using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>A program that fills its memory when it is touched (userfaultfd) and never does: nobody waits for it.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class FillsOnDemandTests
{
    private const int Page = 4096;
    private const int Pages = 211;

    // Two pages are filled. MINOR: all have their content in shared memory, and the program's page tables do not yet.
    // PROTECTED: pages that are not filled are write-protected, and look as if they were in swap. A test that waits ends with the program.
    private const string Program = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <linux/userfaultfd.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/ioctl.h>
        #include <sys/mman.h>
        #include <sys/syscall.h>
        #include <unistd.h>
        int main(void)
        {
            alarm(120);
            long size = 211 * 4096;
            int faults = syscall(SYS_userfaultfd, O_CLOEXEC);
            struct uffdio_api api = { .api = UFFD_API };
            int mode = UFFDIO_REGISTER_MODE_MISSING;
        #ifdef MINOR
            api.features = 1 << 10;
            mode = 4;
            int file = memfd_create("minor", 0);
            ftruncate(file, size);
            char *memory = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
            char *other = mmap(0, size + 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
            memset(other, 'x', size);
        #else
            char *memory = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        #endif
        #ifdef PROTECTED
            api.features = 1 << 13;
            mode |= UFFDIO_REGISTER_MODE_WP;
        #endif
            int failures = ioctl(faults, UFFDIO_API, &api);
            memset(memory, 'y', 8192);
            memcpy(memory + 8192 - 6, "needle", 6);
            struct uffdio_register all = { .range = { (long)memory, size }, .mode = mode };
            failures |= ioctl(faults, UFFDIO_REGISTER, &all);
        #ifdef PROTECTED
            struct uffdio_writeprotect protect = { .range = all.range, .mode = UFFDIO_WRITEPROTECT_MODE_WP };
            failures |= ioctl(faults, UFFDIO_WRITEPROTECT, &protect);
        #endif
            printf(failures ? "ready\nbut not filled on demand\n" : "ready\n");
            fflush(stdout);
            pause();
        }
        """;

    public static TheoryData<string> Ways => ["-DMISSING", "-DMINOR", "-DPROTECTED"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_is_filled_is_read_up_to_the_first_page_that_is_not(string way)
    {
        using NativeChild child = NativeChild.Start(Program, way);
        ProcessMemoryMapping mapping = Registered(child);
        using KernelDirectory directory = ProcessList.Open(Machine.Live, child.Id);
        using ProcessContents contents = ProcessContents.Open(Machine.Live, directory, child.Id);

        Assert.Equal(2 * Page, contents.Stream(mapping.Start, Pages * Page, 64 << 10).Sum(piece => piece.Bytes.Length));
        Assert.Equal(Page - 10, contents.Read(mapping.Start + Page + 10, new byte[Page]));
        Assert.Equal(0, contents.Read(mapping.Start + (2 * Page), new byte[1]));
        Assert.Equal([false, false, true, true], new[] { 0, 1, 2, Pages - 1 }.Select(page => contents.Waits(mapping.Start + ((ulong)page * Page) + 5)));
        // It is no page that waits where nothing is mapped, or memory of another kind is not filled.
        Assert.False(contents.Waits(0));
        Assert.False(contents.Waits(ulong.MaxValue));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_search_and_a_core_leave_out_what_is_not_filled(string way)
    {
        using NativeChild child = NativeChild.Start(Program, way);
        ProcessMemoryMapping mapping = Registered(child);
        using KernelDirectory directory = ProcessList.Open(Machine.Live, child.Id);
        using ProcessContents contents = ProcessContents.Open(Machine.Live, directory, child.Id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, directory);

        ulong found = Assert.Single(ProcessMemorySearch.Find(contents, pages, [mapping], "needle"u8.ToArray())).Address;
        ProcessCore core = ProcessCore.Write(Machine.Live, directory, Path.Join(child.Folder, "core"), [mapping.Kind], freeze: true, CancellationToken.None);

        Assert.Equal(mapping.Start + (2 * Page) - 6, found);
        Assert.True(File.ReadAllBytes(core.Path).AsSpan().IndexOf("yyneedle"u8) > 0);
    }

    private static ProcessMemoryMapping Registered(NativeChild child)
    {
        ProcessMemoryMapping? mapping = child.Mappings().FirstOrDefault(one => one.VmFlags?.Any(flag => flag is "um" or "ui") == true);
        Assert.SkipWhen(mapping is null, "this kernel has no such userfaultfd, or it takes more privilege");
        return mapping;
    }
}
