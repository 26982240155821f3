using System.Diagnostics;
using System.Globalization;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

/// <summary>Read-ProcessMemory of a program that fills its memory when it is touched, and never does. It ends by itself.</summary>
public sealed class ReadOnDemandTests : IDisposable
{
    private const string Source = """
        #define _GNU_SOURCE
        #include <linux/userfaultfd.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/ioctl.h>
        #include <sys/mman.h>
        #include <sys/syscall.h>
        #include <unistd.h>
        int main(void)
        {
            alarm(120);
            int faults = syscall(SYS_userfaultfd, 0);
            struct uffdio_api api = { .api = UFFD_API };
            char *memory = mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            memset(memory, 'y', 8192);
            struct uffdio_register all = { .range = { (long)memory, 1 << 20 }, .mode = UFFDIO_REGISTER_MODE_MISSING };
            int failures = ioctl(faults, UFFDIO_API, &api) | ioctl(faults, UFFDIO_REGISTER, &all);
            printf("%lx\n", failures ? 0 : (long)memory);
            fflush(stdout);
            pause();
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("linuxmemory-demand-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_came_before_is_written_and_the_error_says_what_waits()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/gcc"), "needs gcc");
        string program = Path.Join(_folder, "program");
        File.WriteAllText(program + ".c", Source);
        Assert.Equal(0, Live.Run("gcc", "-o", program, program + ".c").Code);
        using Process child = Process.Start(new ProcessStartInfo(program) { RedirectStandardOutput = true })!;
        try
        {
            ulong start = ulong.Parse(child.StandardOutput.ReadLine()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            Assert.SkipWhen(start == 0, "this kernel has no userfaultfd, or it takes more privilege");

            using RecordingShell filled = CmdletRun.Run(new ReadProcessMemoryCommand { Id = [child.Id], Address = start, Length = 8192 });
            using RecordingShell more = CmdletRun.Run(new ReadProcessMemoryCommand { Id = [child.Id], Address = start + 4096, Length = 65536 });

            Assert.Empty(filled.Errors);
            Assert.Equal(8192, Assert.IsType<ProcessMemoryBytes>(Assert.Single(filled.Output)).Length);
            Assert.Equal(4096, Assert.IsType<ProcessMemoryBytes>(Assert.Single(more.Output)).Length);
            MemoryError error = Assert.Single(more.Errors);
            Assert.Equal(ErrorIds.MemoryNotFilled, error.Id);
            Assert.Contains($"0x{start + 8192:x}", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }
    }
}
