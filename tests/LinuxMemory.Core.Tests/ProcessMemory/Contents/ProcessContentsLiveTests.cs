using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>The memory of a program made here, read while it runs. Nothing on the machine is changed.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class ProcessContentsLiveTests : IDisposable
{
    // Two mappings of three pages with a page between that nobody may read, and texts where pieces meet. Pages that nobody may read stand
    // around what is looked for by its size: a kernel may put mappings side by side, and then they are one.
    private const string Texts = """
        #define _GNU_SOURCE
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        static char *apart(long size)
        {
            char *all = mmap(0, size + 2 * 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            mprotect(all + 4096, size, PROT_READ | PROT_WRITE);
            return all + 4096;
        }
        int main(void)
        {
            char *block = apart(7 * 4096);
            for (int i = 0; i < 7 * 4096; i++) block[i] = 'a' + i % 26;
            strcpy(block + 4096 - 3, "needle-1");
            mprotect(block + 3 * 4096, 4096, PROT_NONE);
            char *large = apart(3 << 20);
            memset(large, '.', 3 << 20);
            strcpy(large + (1 << 20) - 4, "needle-2");
            strcpy(large + (3 << 20) - 9, "needle-3");
            char *sparse = mmap(0, 1L << 40, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            strcpy(sparse + (1L << 39), "needle-4");
            char *shared = mmap(0, 256 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
            strcpy(shared + (200 << 20), "needle-5");
            printf("ready\n%lx\n", (long)block);
            fflush(stdout);
            pause();
        }
        """;

    private readonly NativeChild _child = NativeChild.Start(Texts);
    private readonly KernelDirectory _directory;
    private readonly ProcessContents _contents;

    public ProcessContentsLiveTests()
    {
        _directory = ProcessList.Open(Machine.Live, _child.Id);
        _contents = ProcessContents.Open(Machine.Live, _directory, _child.Id);
    }

    public void Dispose()
    {
        _contents.Dispose();
        _directory.Dispose();
        _child.Dispose();
    }

    [Fact]
    public void Bytes_are_those_of_mem()
    {
        ProcessMemoryMapping block = Block();
        byte[] expected = new byte[3 * 4096];
        using (FileStream mem = File.OpenRead($"/proc/{_child.Id}/mem"))
        {
            mem.Position = (long)block.Start;
            mem.ReadExactly(expected);
        }

        byte[] read = [.. _contents.Stream(block.Start, (ulong)expected.Length, 1000).SelectMany(piece => piece.Bytes)];

        Assert.Equal(expected, read);
        Assert.StartsWith("abcdef", Encoding.ASCII.GetString(read), StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_ends_before_what_cannot_be_read()
    {
        ProcessMemoryMapping block = Block();

        Assert.Equal(3 * 4096, _contents.Stream(block.Start, 1UL << 40, 64 << 10).Sum(piece => piece.Bytes.Length));
        Assert.Equal(0, _contents.Read(block.End, new byte[16]));
        Assert.Equal(10, _contents.Read(block.End - 10, new byte[16]));
        Assert.Equal(0, _contents.Read(0, new byte[16]));
        Assert.Equal(0, _contents.Read(ulong.MaxValue, new byte[16]));
        Assert.Equal(0, _contents.Read(1UL << 62, new byte[16]));
        Assert.Equal(0, _contents.Read(0xffffffffff600000, new byte[16]));
        Assert.Equal(0, _contents.Read(block.Start, []));
        Assert.Empty(_contents.Stream(block.Start, 0, 4096));
        Assert.Empty(_contents.Stream(ulong.MaxValue - 5, ulong.MaxValue, 4096));
    }

    [Fact]
    public void Every_place_is_found_across_pieces_and_pages_and_far_away()
    {
        using ProcessPages pages = ProcessPages.Open(Machine.Live, _directory);
        List<ProcessMemoryMapping> mappings = [.. _child.Mappings(fast: true).Where(mapping => mapping.Kind is ProcessMemoryKind.Anonymous or ProcessMemoryKind.SharedMemory)];
        long rss = _child.Mappings().Sum(mapping => mapping.Rss ?? 0);

        List<ProcessMemoryMatch> found = [.. ProcessMemorySearch.Find(_contents, pages, mappings, "needle-"u8.ToArray())];

        Assert.Equal(["needle-1", "needle-2", "needle-3", "needle-4", "needle-5"], found.Select(match => Encoding.ASCII.GetString(match.Bytes)[..8]).Order());
        Assert.Equal(Block().Start + 4096 - 3, found.Single(match => match.Bytes[7] == '1').Address);
        Assert.All(found, match => Assert.Equal(7, match.Length));
        // A terabyte, and shared memory, that nothing filled was not read, and did not become memory.
        Assert.InRange(_child.Mappings().Sum(mapping => mapping.Rss ?? 0) - rss, -1 << 20, 1 << 20);
    }

    [Fact]
    public void Places_may_overlap()
    {
        using ProcessPages pages = ProcessPages.Open(Machine.Live, _directory);
        ProcessMemoryMapping large = _child.Mappings(fast: true).First(mapping => mapping.Size >= 3 << 20 && mapping.Kind == ProcessMemoryKind.Anonymous && mapping.Size < 1L << 30);

        int count = ProcessMemorySearch.Find(_contents, pages, [large], ".."u8.ToArray(), large.End - (3 << 20), large.End - (3 << 20) + 4096).Count();

        Assert.Equal(4095, count);
    }

    [Fact]
    public void A_process_that_has_ended_is_an_error()
    {
        ulong start = Block().Start;
        NativeChild other = NativeChild.Start(Texts);
        using KernelDirectory directory = ProcessList.Open(Machine.Live, other.Id);
        int id = other.Id;
        using ProcessContents contents = ProcessContents.Open(Machine.Live, directory, id);
        other.Dispose();

        Assert.Equal(Errno.ESRCH, Assert.Throws<KernelException>(() => contents.Read(start, new byte[16])).Errno);
        Assert.True(Assert.Throws<KernelException>(() => ProcessContents.Open(Machine.Live, directory, id)).IsAbsent);
    }

    private ProcessMemoryMapping Block() => _child.Mappings(fast: true).First(mapping => mapping is { Kind: ProcessMemoryKind.Anonymous, Size: 3 * 4096 }
        && Encoding.ASCII.GetString(ReadFirst(mapping)) == "abcdef");

    private byte[] ReadFirst(ProcessMemoryMapping mapping)
    {
        byte[] bytes = new byte[6];
        _contents.Read(mapping.Start, bytes);
        return bytes;
    }
}
