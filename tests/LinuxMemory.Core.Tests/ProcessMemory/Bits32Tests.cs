using System.Text;
using System.Text.RegularExpressions;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>A program of 32 bits on a kernel of 64. Nothing on the machine is changed.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class Bits32Tests : IDisposable
{
    private const string Source = """
        #include <pthread.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        static void *sleeper(void *unused) { pause(); return unused; }
        int main(void)
        {
            pthread_t thread;
            char *shared = mmap(0, 64 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
            strcpy(shared + (32 << 20), "needle");
            pthread_create(&thread, 0, sleeper, 0);
            puts("ready");
            fflush(stdout);
            pause();
        }
        """;

    private readonly NativeChild _child = Start();
    private readonly KernelDirectory _directory;

    public Bits32Tests() => _directory = ProcessList.Open(Machine.Live, _child.Id);

    public void Dispose()
    {
        _directory.Dispose();
        _child.Dispose();
    }

    [Fact]
    public void Mappings_and_pages_lie_below_4_GiB_and_agree()
    {
        // The second thread still has to get to where it sleeps.
        Assert.True(SpinWait.SpinUntil(() => _child.Mappings().Any(mapping => mapping.Kind == ProcessMemoryKind.ThreadStack), TimeSpan.FromSeconds(30)));
        List<ProcessMemoryMapping> mappings = _child.Mappings();

        Assert.All(mappings, mapping => Assert.InRange(mapping.End, 1UL, 1UL << 32));
        Assert.Single(mappings, mapping => mapping.Kind == ProcessMemoryKind.Stack);
        Assert.Single(mappings, mapping => mapping.Kind == ProcessMemoryKind.Vdso);
        Assert.Single(mappings, mapping => mapping.Kind == ProcessMemoryKind.ThreadStack);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, _directory);
        ProcessMemoryMapping shared = mappings.Single(mapping => mapping.Kind == ProcessMemoryKind.SharedMemory);
        Assert.Equal(shared.Rss, pages.Of([shared]).Where(range => range.State is PageState.Present or PageState.FilePresent).Sum(range => range.Size));
    }

    [Fact]
    public void Memory_is_read_to_the_last_address_and_found()
    {
        ProcessMemoryMapping shared = _child.Mappings(fast: true).Single(mapping => mapping.Kind == ProcessMemoryKind.SharedMemory);
        using ProcessContents contents = ProcessContents.Open(Machine.Live, _directory, _child.Id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, _directory);
        byte[] read = new byte[6];

        Assert.Equal(read.Length, contents.Read(shared.Start + (32 << 20), read));
        Assert.Equal("needle", Encoding.ASCII.GetString(read));
        Assert.Equal(0, contents.Read(1UL << 32, read));
        Assert.Equal(0, contents.Read((1UL << 32) - 3, read));
        ProcessMemoryMatch match = Assert.Single(ProcessMemorySearch.Find(contents, pages, [shared], "needle"u8.ToArray()));
        Assert.Equal(shared.Start + (32 << 20), match.Address);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_core_has_the_right_calls(bool ofStacksAlone)
    {
        Assert.True(SpinWait.SpinUntil(() => _child.Mappings().Any(mapping => mapping.Kind == ProcessMemoryKind.ThreadStack), TimeSpan.FromSeconds(30)));
        string gdb = Child.Tool("gdb");
        string path = Path.Join(_child.Folder, "core");

        ProcessCore core = ProcessCore.Write(
            Machine.Live, _directory, path, ofStacksAlone ? [ProcessMemoryKind.Stack, ProcessMemoryKind.ThreadStack] : null, false, CancellationToken.None);
        string output = Child.Run(gdb, "-nx", "-batch", "-ex", "thread apply all bt", "-ex", "print $xmm0", _child.Path, path)!;

        Assert.Equal((2, 0), (core.Threads, core.ThreadsWithoutRegisters));
        Assert.Equal(2, Regex.Count(output, @" pause \("));
        Assert.Matches(@"sleeper \(", output);
        Assert.Matches(@"main \(\) at", output);
        Assert.DoesNotContain("<unavailable>", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_addresses_end_before_it_can_grow_further()
    {
        GrowthLimit limit = GrowthLimit.Nearest(Machine.Live, _child.Id)!;

        Assert.True(ProcessProgram.Is32Bit(_directory));
        Assert.InRange(limit.Headroom, 1, (1L << 32) - (64 << 20));
    }

    private static NativeChild Start()
    {
        string folder = Directory.CreateTempSubdirectory("linuxmemory-m32-").FullName;
        try
        {
            string source = Path.Join(folder, "program.c");
            string program = Path.Join(folder, "program");
            File.WriteAllText(source, "#include <stdio.h>\nint main(void) { return 0; }");
            Assert.SkipWhen(Child.Run(Child.Tool("gcc"), "-m32", source, "-o", program) is null, "gcc -m32 builds nothing here");
            Assert.SkipWhen(Child.Run(Child.Tool("env"), program) is null, "programs of 32 bits do not run here");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return NativeChild.Start(Source, "-m32", "-pthread");
    }
}
