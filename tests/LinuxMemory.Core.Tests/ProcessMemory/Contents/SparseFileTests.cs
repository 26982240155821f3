using System.Globalization;
using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>
/// A private mapping of a sparse file on a tmpfs that is mounted anywhere: its holes are not read, which would fill them. The program
/// mounts it where nobody else sees it.
/// </summary>
[Collection(nameof(StartsProcesses))]
public sealed class SparseFileTests
{
    private const string Program = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <sched.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <sys/mount.h>
        #include <sys/stat.h>
        #include <unistd.h>
        int main(int count, char **arguments)
        {
            int failures = unshare(CLONE_NEWNS) || mount("none", "/", 0, MS_REC | MS_PRIVATE, 0) || mount("none", arguments[1], "tmpfs", 0, "") || chdir(arguments[1]);
        #ifdef STACKED
            mkdir("lower", 0700), mkdir("upper", 0700), mkdir("work", 0700), mkdir("over", 0700);
            failures |= mount("none", "over", "overlay", 0, "lowerdir=lower,upperdir=upper,workdir=work") || chdir("over");
        #endif
            int file = open("sparse", O_CREAT | O_RDWR, 0600);
            ftruncate(file, 64 << 20);
            char *private = mmap(0, 64 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
            pwrite(file, "needle-1", 8, 32 << 20);
            strcpy(private + (16 << 20), "needle-2");
            dup2(file, 100);
        #ifdef DELETED
            unlink("sparse");
        #endif
        #ifdef DETACHED
            failures |= umount2(arguments[1], MNT_DETACH);
        #endif
            printf(failures ? "it cannot mount\n" : "ready\n");
            fflush(stdout);
            pause();
        }
        """;

    public static TheoryData<string> Places => ["", "-DDELETED", "-DDETACHED", "-DSTACKED"];

    [Theory]
    [MemberData(nameof(Places))]
    public void All_that_is_filled_is_found_and_nothing_more_is_filled(string place)
    {
        using NativeChild child = Start(place);
        using KernelDirectory directory = ProcessList.Open(Machine.Live, child.Id);
        using ProcessContents contents = ProcessContents.Open(Machine.Live, directory, child.Id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, directory);
        long blocks = Blocks(child);

        List<ProcessMemoryMatch> found = [.. ProcessMemorySearch.Find(contents, pages, child.Mappings(fast: true).Where(IsSparse), "needle-"u8.ToArray())];

        Assert.Equal(["needle-2", "needle-1"], found.Select(match => Encoding.ASCII.GetString(match.Bytes)[..8]));
        Assert.Equal(blocks, Blocks(child));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_core_has_what_it_should_and_fills_nothing_either(string place)
    {
        using NativeChild child = Start(place);
        using KernelDirectory directory = ProcessList.Open(Machine.Live, child.Id);
        long blocks = Blocks(child);

        ProcessCore small = ProcessCore.Write(Machine.Live, directory, Path.Join(child.Folder, "small"), null, freeze: false, CancellationToken.None);
        ProcessCore whole = ProcessCore.Write(Machine.Live, directory, Path.Join(child.Folder, "whole"), [ProcessMemoryKind.FileMapping], freeze: false, CancellationToken.None);

        // What the file has on disk need not be in a core.
        Assert.Equal(place != "-DDELETED" ? ["needle-2"] : ["needle-2", "needle-1"], Needles(small));
        Assert.Equal(["needle-2", "needle-1"], Needles(whole));
        Assert.Equal(blocks, Blocks(child));
    }

    private static NativeChild Start(string place)
    {
        Assert.SkipUnless(Machine.Live.Calls.EffectiveUserId == 0, "needs root");
        return NativeChild.Start(Program, place.Length == 0 ? [] : [place]);
    }

    private static bool IsSparse(ProcessMemoryMapping mapping) => mapping.Size == 64 << 20 && Path.GetFileName(mapping.Path) == "sparse";

    private static long Blocks(NativeChild child) =>
        long.Parse(Child.Run(Child.Tool("stat"), "-L", "-c", "%b", string.Create(CultureInfo.InvariantCulture, $"/proc/{child.Id}/fd/100"))!, CultureInfo.InvariantCulture);

    // Beside those in the program's own file.
    private static string[] Needles(ProcessCore core)
    {
        byte[] bytes = File.ReadAllBytes(core.Path);
        List<string> found = [];
        for (int at = bytes.AsSpan().IndexOf("needle-"u8); at >= 0;)
        {
            if (at % 4096 == 0)
            {
                found.Add(Encoding.ASCII.GetString(bytes, at, 8));
            }
            int next = bytes.AsSpan(at + 1).IndexOf("needle-"u8);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return [.. found];
    }
}
