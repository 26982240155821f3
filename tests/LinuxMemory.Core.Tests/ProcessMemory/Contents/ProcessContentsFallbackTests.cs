using System.Text;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>A kernel without process_vm_readv, a filter that refuses it (as containers have), and a kernel without pidfd: /proc/PID/mem takes their place.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class ProcessContentsFallbackTests : IDisposable
{
    private const int Page = 4096;

    // Five pages of letters with one behind them that nobody may touch, and one far away.
    private const string Letters = """
        #define _GNU_SOURCE
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        int main(void)
        {
            char *block = mmap(0, 6 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            for (int i = 0; i < 5 * 4096; i++) block[i] = 'a' + i % 26;
            strcpy(block + 4096 - 3, "needle");
            munmap(block + 5 * 4096, 4096);
            puts("ready");
            fflush(stdout);
            pause();
        }
        """;

    private readonly NativeChild _child = NativeChild.Start(Letters);
    private readonly string _tree = Directory.CreateTempSubdirectory("linuxmemory-fallback-").FullName;
    private readonly List<string> _steps = [];

    public ProcessContentsFallbackTests() => _child.WaitUntilAsleep();

    public void Dispose()
    {
        _child.Dispose();
        Directory.Delete(_tree, recursive: true);
    }

    [Theory]
    [InlineData("process_vm_readv", Errno.ENOSYS)]
    [InlineData("process_vm_readv", Errno.EPERM)]
    [InlineData("pidfd_open", Errno.ENOSYS)]
    public void Memory_is_read_and_found_all_the_same(string refused, Errno errno)
    {
        Machine machine = Refusing(refused, errno);
        ProcessMemoryMapping block = Block();
        using KernelDirectory directory = ProcessList.Open(machine, _child.Id);
        using ProcessContents contents = ProcessContents.Open(machine, directory, _child.Id);
        using ProcessPages pages = ProcessPages.Open(machine, directory);

        byte[] read = [.. contents.Stream(block.Start, 5 * Page, 1000).SelectMany(piece => piece.Bytes)];
        ProcessMemoryMatch[] found = [.. ProcessMemorySearch.Find(contents, pages, [block], "needle"u8.ToArray())];

        Assert.Equal(Through(Machine.Live, block.Start, 5 * Page), read);
        Assert.StartsWith("abcdef", Encoding.ASCII.GetString(read), StringComparison.Ordinal);
        Assert.Equal(block.Start + Page - 3, Assert.Single(found).Address);
        Assert.Single(_steps, "opened mem");
        // The call that is refused is not tried again and again.
        Assert.InRange(_steps.Count(step => step == "process_vm_readv"), 0, 1);
    }

    [Theory]
    [InlineData("process_vm_readv", Errno.ENOSYS)]
    [InlineData("pidfd_open", Errno.ENOSYS)]
    public void Reading_ends_at_the_same_places(string refused, Errno errno)
    {
        Machine machine = Refusing(refused, errno);
        ProcessMemoryMapping block = Block();
        using KernelDirectory directory = ProcessList.Open(machine, _child.Id);
        using ProcessContents contents = ProcessContents.Open(machine, directory, _child.Id);

        Assert.Equal(10, contents.Read(block.End - 10, new byte[16]));
        Assert.Equal(0, contents.Read(block.End, new byte[16]));
        Assert.Equal(0, contents.Read(0, new byte[16]));
        Assert.Equal(0, contents.Read(1UL << 62, new byte[16]));
        Assert.Equal(0, contents.Read(0xffffffffff600000, new byte[16]));
        Assert.Equal(0, contents.Read(ulong.MaxValue, new byte[16]));
        Assert.Equal(0, contents.Read(block.Start, []));
        Assert.Equal(5 * Page, contents.Stream(block.Start, 1UL << 40, 64 << 10).Sum(piece => piece.Bytes.Length));
    }

    [Fact]
    public void A_core_has_the_same_content()
    {
        Machine machine = Refusing("process_vm_readv", Errno.EPERM);
        string path = Path.Join(_child.Folder, "core");
        using KernelDirectory directory = ProcessList.Open(machine, _child.Id);

        ProcessCore.Write(machine, directory, path, null, freeze: false, CancellationToken.None);

        Assert.True(File.ReadAllBytes(path).AsSpan().IndexOf(Through(Machine.Live, Block().Start, 5 * Page)) > 0);
    }

    [Fact]
    public void A_refusal_of_both_is_an_error()
    {
        Machine machine = WatchedMachine.Over(_tree, step =>
        {
            if (step is "process_vm_readv" or "open mem")
            {
                throw new KernelException(Errno.EPERM, step, "process");
            }
        });
        using KernelDirectory directory = ProcessList.Open(machine, _child.Id);
        using ProcessContents contents = ProcessContents.Open(machine, directory, _child.Id);

        Assert.True(Assert.Throws<KernelException>(() => contents.Read(Block().Start, new byte[16])).IsDenied);
    }

    [Theory]
    [InlineData("process_vm_readv")]
    [InlineData("pidfd_open")]
    public void A_process_that_has_ended_is_an_error(string refused)
    {
        Machine machine = Refusing(refused, Errno.ENOSYS);
        ulong start = Block().Start;
        using NativeChild other = NativeChild.Start("int puts(const char *); int pause(void); int fflush(void *); int main(void) { puts(\"ready\"); fflush(0); pause(); }");
        using KernelDirectory directory = ProcessList.Open(machine, other.Id);
        using ProcessContents contents = ProcessContents.Open(machine, directory, other.Id);
        contents.Read(start, new byte[1]);
        other.End();

        Assert.Equal(Errno.ESRCH, Assert.Throws<KernelException>(() => contents.Read(start, new byte[16])).Errno);
    }

    private Machine Refusing(string refused, Errno errno) => WatchedMachine.Over(_tree, step =>
    {
        _steps.Add(step);
        if (step == refused)
        {
            throw new KernelException(errno, step, "process");
        }
    });

    private ProcessMemoryMapping Block() => _child.Mappings(fast: true).Single(mapping => mapping is { Kind: ProcessMemoryKind.Anonymous, Size: 5 * Page }
        && Encoding.ASCII.GetString(Through(Machine.Live, mapping.Start, 6)) == "abcdef");

    private byte[] Through(Machine machine, ulong address, int length)
    {
        using KernelDirectory directory = ProcessList.Open(machine, _child.Id);
        using ProcessContents contents = ProcessContents.Open(machine, directory, _child.Id);
        byte[] bytes = new byte[length];
        return bytes[..contents.Read(address, bytes)];
    }
}
