using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Core.Tests;

/// <summary>Five C programs whose use of memory is known, and four of .NET (see tests/EditLoop).</summary>
internal sealed class GrowthPrograms : IDisposable
{
    private const string Source = """
        #include <fcntl.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <unistd.h>

        #define MIB (1024.0 * 1024.0)

        static double chance(void) { return rand() / (RAND_MAX + 1.0); }
        static char *block(size_t size) { char *p = malloc(size); if (!p) exit(1); memset(p, 1, size); return p; }

        /* Small blocks until so many bytes are held. */
        static double held;
        static void hold(double bytes) { while (held < bytes) { size_t size = 16 + (size_t)(chance() * 500); block(size); held += size; } }

        int main(int argc, char **argv)
        {
            (void)argc;
            char kind = argv[1][0];
            srand(atoi(argv[2]));
            char *file = 0;
            if (kind == 'c') { int fd = open(argv[3], O_RDONLY); file = mmap(0, 64 << 20, PROT_READ, MAP_SHARED, fd, 0); }
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
            for (char line[64]; fgets(line, sizeof line, stdin);) {
                double part = atof(line);
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
                    for (int i = 0; i < 3000; i++) {
                        int slot = (int)(chance() * 20000);
                        free(slots[slot]);
                        slots[slot] = block((size_t)1 << (4 + (int)(chance() * 8)));
                    }
                    break;
                }
                puts("");
                fflush(stdout);
            }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linuxmemory-growth-");

    /// <summary>Compiles the C programs; the test is skipped where there is no compiler.</summary>
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

    private static string ManagedProgram =>
        Checkout.Path("tests", "EditLoop", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "LinuxMemory.EditLoop.dll");

    /// <summary>Starts a C program of a kind.</summary>
    public GrowthProgram StartNative(char kind, int seed) => new(new ProcessStartInfo(Program, [$"{kind}", Number(seed), CacheFile]));

    /// <summary>Starts a .NET program of a kind. Its first generation is small, whatever cache the processor has, and its code is compiled once.</summary>
    public static GrowthProgram StartManaged(char kind, int seed) => new(new ProcessStartInfo("dotnet", [ManagedProgram, $"{kind}", Number(seed)])
    {
        Environment = { ["DOTNET_GCgen0size"] = "0x100000", ["DOTNET_gcServer"] = "0", ["DOTNET_TieredCompilation"] = "0" },
    });

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
