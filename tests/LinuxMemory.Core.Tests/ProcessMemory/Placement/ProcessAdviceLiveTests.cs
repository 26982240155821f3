using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Advice about the memory of a program made here. Nothing else on the machine is changed.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class ProcessAdviceLiveTests : IDisposable
{
    private const string MapsAFile = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>
        int main(int argc, char **argv)
        {
            char path[4096];
            volatile long sum = 0;
            snprintf(path, sizeof path, "%s/data", argv[1]);
            int file = open(path, O_RDWR | O_CREAT, 0600);
            static char block[1 << 20];
            memset(block, 1, sizeof block);
            for (int i = 0; i < 16; i++) write(file, block, sizeof block);
            fsync(file);
            char *map = mmap(0, 16 << 20, PROT_READ, MAP_PRIVATE, file, 0);
            for (int i = 0; i < 16 << 20; i += 4096) sum += map[i];
            char *some = mmap(0, 8 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            for (int i = 0; i < 8 << 20; i += 4096) some[i] = 1;
            mlock(map, 0);
            puts("ready");
            fflush(stdout);
            pause();
        }
        """;

    private readonly NativeChild _child = NativeChild.Start(MapsAFile);

    public void Dispose() => _child.Dispose();

    [Fact]
    public void Pages_of_a_file_are_reclaimed_and_brought_back()
    {
        ProcessAdviceResult reclaimed = Advise(ProcessPageAdvice.PageOut, mapping => mapping.Path?.EndsWith("/data", StringComparison.Ordinal) == true);

        Assert.Equal((16L << 20, 0L), (reclaimed.Advised, reclaimed.Refused));
        Assert.InRange(reclaimed.RssBefore!.Value - reclaimed.RssAfter!.Value, 8 << 20, 16 << 20);
        Assert.Equal(reclaimed.SwapBefore, reclaimed.SwapAfter);
        Assert.Equal(16L << 20, Advise(ProcessPageAdvice.WillNeed, mapping => mapping.Path?.EndsWith("/data", StringComparison.Ordinal) == true).Advised);
        Assert.Equal(16L << 20, Advise(ProcessPageAdvice.Cold, mapping => mapping.Path?.EndsWith("/data", StringComparison.Ordinal) == true).Advised);
    }

    [Fact]
    public void Pages_are_collapsed_into_huge_ones()
    {
        Assert.SkipUnless(Directory.Exists("/sys/kernel/mm/transparent_hugepage"), "this kernel has no transparent huge pages");

        ProcessAdviceResult result = Advise(ProcessPageAdvice.Collapse, mapping => mapping is { Kind: ProcessMemoryKind.Anonymous, Size: >= 8 << 20 });

        Assert.SkipWhen(result.Advised == 0, "no huge page was to be had");
        Assert.Equal(0, result.Advised % (2 << 20));
        Assert.Contains(_child.Mappings(), mapping => mapping.AnonHugePages == result.Advised);
    }

    [Fact]
    public void A_process_that_has_ended_is_an_error()
    {
        ProcessAdviceChange change = ProcessAdviceChange.Plan(Machine.Live, _child.Id, ProcessPageAdvice.Cold, _ => true, _ => { });
        NativeChild other = NativeChild.Start(MapsAFile);
        ProcessAdviceChange late = ProcessAdviceChange.Plan(Machine.Live, other.Id, ProcessPageAdvice.Cold, _ => true, _ => { });
        other.Dispose();

        Assert.False(change.IsGrave);
        Assert.Null(change.Reverse);
        Assert.Equal(Errno.ESRCH, Assert.Throws<KernelException>(() => late.Apply(Machine.Live)).Errno);
    }

    [Fact]
    public void Moving_to_the_node_where_it_is_moves_nothing()
    {
        int node = NumaNodes.Ids(Machine.Live)[0];
        ProcessMemoryMove? move = null;

        ProcessMoveChange.Plan(Machine.Live, _child.Id, [node], [node], found => move = found).Apply(Machine.Live);

        Assert.Equal((0, 0), (move!.Moved, move.PagesLeft));
        Assert.InRange(move.Before.Sum(), 16 << 20, long.MaxValue);
        Assert.Throws<KernelException>(() => ProcessMoveChange.Plan(Machine.Live, _child.Id, [node], [4000], _ => { }).Apply(Machine.Live));
    }

    private ProcessAdviceResult Advise(ProcessPageAdvice advice, Func<ProcessMemoryMapping, bool> isMeant)
    {
        ProcessAdviceResult? result = null;
        try
        {
            ProcessAdviceChange.Plan(Machine.Live, _child.Id, advice, isMeant, found => result = found).Apply(Machine.Live);
        }
        catch (KernelException e) when (e.IsDenied)
        {
            Assert.Skip("needs CAP_SYS_NICE");
        }
        return result!;
    }
}
