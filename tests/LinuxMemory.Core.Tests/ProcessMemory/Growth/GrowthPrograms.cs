using System.Diagnostics;
using System.Globalization;

namespace LinuxMemory.Core.Tests;

/// <summary>Five C programs whose use of memory is known, an hour of each pressed into some seconds.</summary>
internal sealed class GrowthPrograms : IDisposable
{
    private const string Source = """
        #include <fcntl.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <time.h>
        #include <unistd.h>

        #define MIB (1024.0 * 1024.0)

        static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }
        static double chance(void) { return rand() / (RAND_MAX + 1.0); }
        static char *block(size_t size) { char *p = malloc(size); if (!p) exit(1); memset(p, 1, size); return p; }

        /* Small blocks until so many bytes are held. */
        static double held;
        static void hold(double bytes) { while (held < bytes) { size_t size = 16 + (size_t)(chance() * 500); block(size); held += size; } }

        int main(int argc, char **argv)
        {
            (void)argc;
            char kind = argv[1][0];
            double length = atof(argv[2]);
            srand(atoi(argv[3]));
            char *file = 0;
            if (kind == 'c') { int fd = open(argv[4], O_RDONLY); file = mmap(0, 64 << 20, PROT_READ, MAP_SHARED, fd, 0); }
            static char *slots[20000];
            static char *garbage[400];
            int collected = 400, used = 0;
            volatile char seen = 0;
            block(2 << 20);
            /* A heap gets its holes in the first turns: those lie behind it. */
            for (int i = 0; kind == 'f' && i < 400000; i++) {
                int slot = (int)(chance() * 20000);
                free(slots[slot]);
                slots[slot] = block((size_t)1 << (4 + (int)(chance() * 8)));
            }
            puts("ready");
            fflush(stdout);
            for (double start = now();;) {
                double part = (now() - start) / length;
                switch (kind) {
                case 'l': /* leaks in small blocks */
                    hold(part * 12 * MIB);
                    break;
                case 'p': /* grows for a third of the time, then is stable */
                    hold((part < 0.33 ? part / 0.33 : 1) * 12 * MIB);
                    break;
                case 's': /* a collector: 16 times full, then empty */
                    while (used < (int)(part * 16 * collected) % collected) { garbage[used++] = block(30000); }
                    while (used > (int)(part * 16 * collected) % collected) { free(garbage[--used]); }
                    break;
                case 'c': /* reads a mapped file, further and further */
                    for (double at = 0; at < part * 64 * MIB && at < 64 * MIB; at += 4096) { seen += file[(size_t)at]; }
                    break;
                case 'f': /* blocks of all sizes come and go: the same live bytes in a heap with ever more holes */
                    for (int i = 0; i < 400; i++) {
                        int slot = (int)(chance() * 20000);
                        free(slots[slot]);
                        slots[slot] = block((size_t)1 << (4 + (int)(chance() * 8)));
                    }
                    break;
                }
                usleep(10000 + (int)(chance() * 10000));
            }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linuxmemory-growth-");
    private readonly List<Process> _running = [];

    public GrowthPrograms()
    {
        string source = Path.Join(_folder.FullName, "growth.c");
        File.WriteAllText(source, Source);
        Assert.NotNull(Child.Run(Child.Tool("gcc"), "-O1", "-o", Program, source));
        using FileStream file = File.Create(CacheFile);
        file.SetLength(64 << 20);
    }

    private string Program => Path.Join(_folder.FullName, "growth");

    private string CacheFile => Path.Join(_folder.FullName, "data");

    /// <summary>Starts a program of a kind, whose time runs so fast that it is through in so many seconds.</summary>
    public int Start(char kind, double seconds, int seed)
    {
        string[] arguments = [kind.ToString(), seconds.ToString(CultureInfo.InvariantCulture), seed.ToString(CultureInfo.InvariantCulture), CacheFile];
        Process process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true })!;
        _running.Add(process);
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        return process.Id;
    }

    public void Dispose()
    {
        foreach (Process process in _running)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
        _folder.Delete(recursive: true);
    }
}
