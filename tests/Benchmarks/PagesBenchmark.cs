using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Benchmarks;

/// <summary>The pages and the bytes of a large process, beside C programs that do the least that is needed.</summary>
internal static class PagesBenchmark
{
    private const int Rounds = 7;
    private const int PieceSize = 64 * 1024;

    // hold-sparse: 16 GiB, of which 24 pages in each MiB are filled. hold-full: so many MiB, filled with what does not repeat.
    private const string Source = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/ioctl.h>
        #include <sys/mman.h>
        #include <sys/uio.h>
        #include <time.h>
        #include <unistd.h>
        #define M (1UL << 20)
        struct region { unsigned long start, end, categories; };
        struct scan { unsigned long size, flags, start, end, walked, vec, len, most, inverted, mask, any, wanted; };
        static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }
        static char *take(unsigned long size, int huge)
        {
            char *p = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            madvise(p, size, huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
            return p;
        }
        static void ready(char *p) { char c; printf("%lu\n", (unsigned long)p); fflush(stdout); while (read(0, &c, 1) > 0) {} }
        int main(int argc, char **argv)
        {
            if (!strcmp(argv[1], "hold-sparse"))
            {
                char *p = take(16384 * M, 0);
                for (unsigned long i = 0; i < 16384; i++) for (int j = 0; j < 24; j++) p[i * M + j * 4096] = 1;
                ready(p);
            }
            else if (!strcmp(argv[1], "hold-full"))
            {
                unsigned long words = strtoul(argv[2], 0, 10) * M / 8, x = 88172645463325252UL;
                unsigned long *p = (unsigned long *)take(words * 8, 0);
                for (unsigned long i = 0; i < words; i++) { x ^= x << 13; x ^= x >> 7; x ^= x << 17; p[i] = x; }
                ready((char *)p);
            }
            else if (!strcmp(argv[1], "scan"))
            {
                static struct region vec[4096];
                char path[64], line[4096];
                unsigned long total = 0;
                double start = now();
                snprintf(path, sizeof path, "/proc/%s/pagemap", argv[2]);
                int fd = open(path, O_RDONLY);
                snprintf(path, sizeof path, "/proc/%s/maps", argv[2]);
                FILE *maps = fopen(path, "r");
                while (fgets(line, sizeof line, maps))
                {
                    unsigned long from, to;
                    sscanf(line, "%lx-%lx", &from, &to);
                    if (from >> 63) continue;
                    while (from < to)
                    {
                        struct scan s = { sizeof s, 0, from, to, 0, (unsigned long)vec, 4096, 0, 0, 0, 0x18, 0x1dc };
                        int n = ioctl(fd, 0xC0606610, &s);
                        if (n < 0) { s.wanted = 0xdc; n = ioctl(fd, 0xC0606610, &s); }
                        for (int i = 0; i < n; i++) total += vec[i].end - vec[i].start;
                        from = s.walked > from ? s.walked : to;
                    }
                }
                printf("%f\n", now() - start);
                return total == 1;
            }
            else
            {
                unsigned long at = strtoul(argv[3], 0, 10), left = strtoul(argv[4], 0, 10) * M;
                char *buffer = malloc(M);
                memset(buffer, 1, M);
                double start = now();
                for (; left > 0; left -= M, at += M)
                {
                    struct iovec here = { buffer, M }, there = { (void *)at, M };
                    if (process_vm_readv(atoi(argv[2]), &here, 1, &there, 1, 0) != M) return 1;
                }
                printf("%f\n", now() - start);
            }
            return 0;
        }
        """;

    public static void Run(Table table)
    {
        using NativeTool? tool = NativeTool.Compile(Source);
        if (tool is null)
        {
            table.Missing("Pages and bytes of a process", "there is no C compiler (package gcc)");
            return;
        }
        Pages(table, tool);
        Bytes(table, tool);
    }

    private static void Pages(Table table, NativeTool tool)
    {
        const string what = "Pages of 16 GiB mapped, 1.5 GiB filled in pieces of 96 KiB";
        if (Machine.Live.Calls.ProbePageScan() != Errno.None)
        {
            table.Missing(what, "this kernel has no PAGEMAP_SCAN (6.7)");
            return;
        }
        (Process child, _) = tool.Start("hold-sparse");
        string id = child.Id.ToString(CultureInfo.InvariantCulture);
        double[] times = Timing.Medians(Rounds, Timing.InProcess(() => CountRanges(child.Id)), tool.OwnTime("scan", id));
        table.Within(what, ("ProcessPages.Of", times[0]), ("the ioctl in a loop in C", times[1]), 1.5);
        using Session? session = Session.PowerShell();
        if (session is not null)
        {
            string ours = $"Get-ProcessPage -Id {id} | Out-Null";
            session.Warm(ours);
            times = Timing.Medians(Rounds, () => session.Run(ours), tool.OwnTime("scan", id));
            table.Beside("The same through the pipeline, an object for each stretch", ("Get-ProcessPage to Out-Null", times[0]), ("the ioctl in a loop in C", times[1]));
        }
        End(child);
    }

    private static void Bytes(Table table, NativeTool tool)
    {
        const int mebibytes = 1024;
        (Process child, string start) = tool.Start("hold-full", $"{mebibytes}");
        string id = child.Id.ToString(CultureInfo.InvariantCulture);
        ulong address = ulong.Parse(start, CultureInfo.InvariantCulture);
        double[] times = Timing.Medians(Rounds,
            Timing.InProcess(() => ReadAll(child.Id, address, (ulong)mebibytes << 20)),
            tool.OwnTime("read", id, start, $"{mebibytes}"));
        // At least 60 % of the speed is at most 1/0.6 of the time.
        table.Within("Bytes of 1 GiB in memory", ("ProcessContents.Stream", times[0]), ("process_vm_readv in C", times[1]), 1 / 0.6);
        using Session? session = Session.PowerShell();
        if (session is not null)
        {
            string ours = $"Read-ProcessMemory -Id {id} -Address {start} -Length {mebibytes}MB | Out-Null";
            session.Warm(ours);
            times = Timing.Medians(Rounds, () => session.Run(ours), tool.OwnTime("read", id, start, $"{mebibytes}"));
            table.Within("The same through the pipeline", ("Read-ProcessMemory to Out-Null", times[0]), ("process_vm_readv in C", times[1]), 1 / 0.6);
        }
        End(child);
    }

    private static int CountRanges(int id)
    {
        using KernelDirectory process = ProcessList.Open(Machine.Live, id);
        using ProcessPages pages = ProcessPages.Open(Machine.Live, process);
        return pages.Of(ProcessMemoryMap.Read(process, fast: true)).Count();
    }

    private static long ReadAll(int id, ulong address, ulong length)
    {
        using KernelDirectory process = ProcessList.Open(Machine.Live, id);
        using ProcessContents contents = ProcessContents.Open(Machine.Live, process, id);
        return contents.Stream(address, length, PieceSize).Sum(piece => (long)piece.Bytes.Length);
    }

    private static void End(Process child)
    {
        child.StandardInput.Close();
        child.WaitForExit();
        child.Dispose();
    }
}
