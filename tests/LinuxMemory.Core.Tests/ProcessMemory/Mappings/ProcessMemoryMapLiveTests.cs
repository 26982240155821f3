using System.Globalization;
using static LinuxMemory.ProcessMemoryKind;

namespace LinuxMemory.Core.Tests;

/// <summary>Real programs of several sorts, made here and told apart. Nothing on the machine is changed.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class ProcessMemoryMapLiveTests : IDisposable
{
    private const string Threads = """
        #include <pthread.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <sys/mman.h>
        #include <sys/prctl.h>
        #include <unistd.h>
        int counter = 7;
        char zeros[1 << 20];
        static int pipes[2];
        static void *wait(void *unused) { prctl(PR_SET_NAME, "waiter (1)"); write(pipes[1], "x", 1); pause(); return unused; }
        int main(void)
        {
            pthread_t thread;
            char c;
            zeros[0] = 1;
            malloc(100);
            mmap(0, 1 << 22, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
            pipe(pipes);
            pthread_create(&thread, 0, wait, 0);
            read(pipes[0], &c, 1);
            puts("ready");
            fflush(stdout);
            pause();
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-live-").FullName;

    [Theory]
    [InlineData("-pie", "-fPIE")]
    [InlineData("-no-pie", "-fno-pie")]
    [InlineData("-static", "-fno-pie")]
    public void A_native_program_is_told_apart(string link, string code)
    {
        string program = Compile("threads", Threads, code, link, "-pthread");
        using Child child = Child.Start(program);

        List<ProcessMemoryMapping> mappings = child.Mappings();
        // A thread has no stack pointer to show until it sleeps.
        for (int i = 0; i < 200 && !mappings.Any(m => m.Kind == ThreadStack); i++)
        {
            Thread.Sleep(10);
            mappings = child.Mappings();
        }

        Assert.All(mappings.Where(m => m.Path == program && m.IsExecutable), m => Assert.Equal(Text, m.Kind));
        Assert.Contains(mappings, m => m.Kind == Text && m.Path == program);
        Assert.Contains(mappings, m => m.Kind == Data && m.Path == program);
        Assert.Contains(mappings, m => m.Kind == ReadOnlyData && m.Path == program);
        Assert.InRange(Assert.Single(mappings, m => m.Kind == Bss).Size, (1 << 20) - 4096, 1 << 21);
        Assert.Single(mappings, m => m.Kind == Heap);
        Assert.Single(mappings, m => m.Kind == Stack);
        Assert.Single(mappings, m => m.Kind == Vdso);
        Assert.Equal(1 << 22, Assert.Single(mappings, m => m.Kind == SharedMemory).Size);
        Assert.Contains(mappings, m => m.Kind == Guard);
        ProcessMemoryMapping stack = Assert.Single(mappings, m => m.Kind == ThreadStack);
        Assert.NotEqual(child.Id, stack.ThreadId);
        Assert.Equal("waiter (1)", stack.ThreadName);
        Assert.Equal(link != "-static", mappings.Any(m => m.Kind == LibraryText && m.Path!.Contains("/libc.so", StringComparison.Ordinal)));
        Assert.DoesNotContain(mappings, m => m.Kind is Other or Device);
    }

    [Fact]
    public void A_library_that_was_replaced_under_a_running_program_is_flagged()
    {
        string library = Path.Join(_folder, "libanswer.so");
        Compile("libanswer.so", "int answer(void) { return 42; }", "-shared", "-fPIC");
        File.Copy(library, library + ".new");
        string program = Compile("user", "#include <stdio.h>\n#include <unistd.h>\nint answer(void); int main(void) { printf(answer() == 42 ? \"ready\\n\" : \"no\\n\"); fflush(stdout); pause(); }",
            library, "-Wl,-rpath," + _folder);
        using Child child = Child.Start(program);
        Assert.DoesNotContain(child.Mappings(), m => m.IsDeleted);

        // As package managers do it: the new file takes the old one's name.
        File.Move(library + ".new", library, overwrite: true);

        ProcessMemoryMapping[] deleted = [.. child.Mappings().Where(m => m.IsDeleted)];
        Assert.All(deleted, m => Assert.Equal(library, m.Path));
        Assert.Contains(deleted, m => m.Kind == LibraryText);
        Assert.Equal(deleted.Length, child.Mappings(fast: true).Count(m => m.IsDeleted));
    }

    [Fact]
    public void A_program_that_was_replaced_while_it_runs_is_still_the_program()
    {
        string program = Compile("threads", Threads, "-pthread");
        using Child child = Child.Start(program);
        File.Delete(program);

        List<ProcessMemoryMapping> mappings = child.Mappings();

        Assert.True(Assert.Single(mappings, m => m.Kind == Text).IsDeleted);
    }

    [Fact]
    public void A_Java_program_is_told_apart()
    {
        string java = Child.Tool("java");
        string source = Path.Join(_folder, "Sleep.java");
        File.WriteAllText(source, "public class Sleep { public static void main(String[] a) throws Exception { System.out.println(\"ready\"); Thread.sleep(600000); } }");
        Assert.SkipWhen(Child.Run(java, "--list-modules")?.Contains("jdk.compiler", StringComparison.Ordinal) != true, "no Java compiler is installed");
        using Child child = Child.Start(java, "-Xmx64m", source);

        List<ProcessMemoryMapping> mappings = child.Mappings();

        Assert.Contains(mappings, m => m.Kind == Text && m.Path!.EndsWith("/bin/java", StringComparison.Ordinal));
        Assert.Contains(mappings, m => m.Kind == LibraryText && m.Path!.EndsWith("/libjvm.so", StringComparison.Ordinal));
        Assert.All(mappings.Where(m => m.Path?.EndsWith("/lib/modules", StringComparison.Ordinal) == true), m => Assert.Equal(FileMapping, m.Kind));
        Assert.All(mappings.Where(m => m.Path?.EndsWith(".jsa", StringComparison.Ordinal) == true), m => Assert.Equal(FileMapping, m.Kind));
        Assert.Contains(mappings, m => m.Kind == Anonymous && m.IsExecutable);
        Assert.InRange(mappings.Count(m => m.Kind == ThreadStack), 5, Directory.GetDirectories($"/proc/{child.Id}/task").Length);
        Assert.DoesNotContain(mappings, m => m.Kind is Other or Device or Bss);
    }

    [Fact]
    public void Sums_agree_with_pmap()
    {
        string pmap = Child.Tool("pmap");
        using Child child = Child.Start(Compile("threads", Threads, "-pthread"));

        string? output = Child.Run(pmap, "-X", child.Id.ToString(CultureInfo.InvariantCulture));
        List<ProcessMemoryMapping> mappings = child.Mappings();

        Assert.SkipWhen(output is null, "this pmap has no -X");
        string[] lines = output!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] names = lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[][] rows = [.. lines[2..^2].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(rows.Length, mappings.Count);
        Assert.Equal(Sum(rows, names, "Size"), mappings.Sum(m => m.Size));
        Assert.Equal(Sum(rows, names, "Rss"), mappings.Sum(m => m.Rss));
        // Other processes that come and go share libraries with the child, so that Pss moves a little.
        Assert.InRange(mappings.Sum(m => m.Pss)!.Value - Sum(rows, names, "Pss"), -256 << 10, 256 << 10);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static long Sum(string[][] rows, string[] names, string name) =>
        rows.Sum(row => long.Parse(row[Array.IndexOf(names, name)], CultureInfo.InvariantCulture) * 1024);

    private string Compile(string name, string source, params string[] options)
    {
        string cc = Child.Tool("cc");
        string file = Path.Join(_folder, name);
        File.WriteAllText(file + ".c", source);
        string? output = Child.Run(cc, ["-w", "-o", file, file + ".c", .. options]);
        Assert.SkipWhen(output is null && options.Contains("-static"), "cc cannot link statically here");
        Assert.NotNull(output);
        return file;
    }
}
