using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Lists of libraries that a program has broken. Nothing on the machine is changed.</summary>
[Collection(nameof(StartsProcesses))]
public class LoaderPagesTests
{
    private const string Source = """
        #include <link.h>
        #include <stdio.h>
        #include <unistd.h>
        int main(void)
        {
            BREAK;
            puts("ready");
            fflush(stdout);
            pause();
        }
        """;

    [Theory]
    [InlineData("", 4)]
    [InlineData("_r_debug.r_map->l_next = _r_debug.r_map", 2)]
    [InlineData("_r_debug.r_map->l_next = (void *)0xfffffffffffffff8", 2)]
    [InlineData("_r_debug.r_map->l_name = (void *)-1L, _r_debug.r_map->l_next = (void *)8", 1)]
    [InlineData("_r_debug.r_map = (void *)0x7ffffffffff0", 1)]
    public void A_list_that_leads_in_a_circle_or_nowhere_ends(string change, int least)
    {
        using NativeChild child = NativeChild.Start(Source.Replace("BREAK", change, StringComparison.Ordinal));
        using KernelDirectory directory = ProcessList.Open(Machine.Live, child.Id);
        using ProcessContents contents = ProcessContents.Open(Machine.Live, directory, child.Id);

        SortedSet<ulong> pages = LoaderPages.Of(directory, contents, CoreLayout.Bits64);

        Assert.InRange(pages.Count, least, 64);
        List<ProcessMemoryMapping> mappings = child.Mappings(fast: true);
        Assert.All(pages, page => Assert.Contains(mappings, mapping => mapping.Start <= page && page < mapping.End));
    }

    [Fact]
    public void A_program_without_libraries_has_none()
    {
        Assert.SkipWhen(!File.Exists(Child.Run(Child.Tool("gcc"), "-print-file-name=libc.a")?.Trim()), "no static C library is installed");
        using NativeChild child = NativeChild.Start(Source.Replace("BREAK", "", StringComparison.Ordinal), "-static", "-no-pie");
        using KernelDirectory directory = ProcessList.Open(Machine.Live, child.Id);
        using ProcessContents contents = ProcessContents.Open(Machine.Live, directory, child.Id);

        Assert.Empty(LoaderPages.Of(directory, contents, CoreLayout.Bits64));
    }
}
