using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>Numbers and layouts that system calls take, compared with what a C compiler makes of this machine's headers.</summary>
[Collection(nameof(StartsProcesses))]
public class CompilerAgreesTests
{
    private static readonly string[] Compilers = ["/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/clang"];

    private static readonly (string C, string? Guard, Func<long> Ours)[] Facts =
    [
        ("O_WRONLY", null, () => OpenFlags.WriteOnly),
        ("O_RDWR", null, () => OpenFlags.ReadWrite),
        ("O_CREAT", null, () => OpenFlags.Create),
        ("O_EXCL", null, () => OpenFlags.Exclusive),
        ("O_TRUNC", null, () => OpenFlags.Truncate),
        ("O_APPEND", null, () => OpenFlags.Append),
        ("O_NONBLOCK", null, () => OpenFlags.NonBlocking),
        ("O_CLOEXEC", null, () => OpenFlags.CloseOnExec),
        ("O_PATH", null, () => OpenFlags.PathOnly),
        ("O_DIRECTORY", null, () => OpenFlags.Directory),
        ("O_NOFOLLOW", null, () => OpenFlags.NoFollow),
        ("S_IFREG", null, () => (long)FileKind.Regular),
        ("S_IFDIR", null, () => (long)FileKind.Directory),
        ("S_IFLNK", null, () => (long)FileKind.Link),
        ("sizeof(struct statx)", null, () => Marshal.SizeOf<FileCalls.Statx>()),
        ("offsetof(struct statx, stx_nlink)", null, () => Offset<FileCalls.Statx>("Links")),
        ("offsetof(struct statx, stx_uid)", null, () => Offset<FileCalls.Statx>("UserId")),
        ("offsetof(struct statx, stx_gid)", null, () => Offset<FileCalls.Statx>("GroupId")),
        ("offsetof(struct statx, stx_mode)", null, () => Offset<FileCalls.Statx>("Mode")),
        ("offsetof(struct statx, stx_ino)", null, () => Offset<FileCalls.Statx>("Inode")),
        ("offsetof(struct statx, stx_size)", null, () => Offset<FileCalls.Statx>("Size")),
        ("offsetof(struct statx, stx_attributes)", null, () => Offset<FileCalls.Statx>("Attributes")),
        ("offsetof(struct statx, stx_rdev_major)", null, () => Offset<FileCalls.Statx>("OwnMajor")),
        ("offsetof(struct statx, stx_dev_major)", null, () => Offset<FileCalls.Statx>("DeviceMajor")),
        ("O_TMPFILE", "O_TMPFILE", () => LinuxSystemCalls.TemporaryFile | OpenFlags.Directory),
        ("RENAME_NOREPLACE", "RENAME_NOREPLACE", () => LinuxSystemCalls.NoReplace),
        ("FS_IOC_FIEMAP", "FS_IOC_FIEMAP", () => (long)LinuxSystemCalls.FileExtentMap),
        ("sizeof(struct fiemap)", "FS_IOC_FIEMAP", () => Marshal.SizeOf<LinuxSystemCalls.ExtentMap>()),
        ("sizeof(struct fiemap_extent)", "FS_IOC_FIEMAP", () => Marshal.SizeOf<LinuxSystemCalls.Extent>()),
        ("offsetof(struct fiemap_extent, fe_flags)", "FS_IOC_FIEMAP", () => Offset<LinuxSystemCalls.Extent>("Flags")),
        ("FIEMAP_EXTENT_SHARED", "FIEMAP_EXTENT_SHARED", () => (long)FileExtentFlags.Shared),
        ("FIEMAP_EXTENT_DATA_INLINE", "FIEMAP_EXTENT_SHARED", () => (long)FileExtentFlags.Inline),
        ("FIEMAP_EXTENT_DELALLOC", "FIEMAP_EXTENT_SHARED", () => (long)FileExtentFlags.Delayed),
        ("FS_IOC_GETFLAGS", null, () => (long)LinuxSystemCalls.GetFlags),
        ("FS_IOC_SETFLAGS", null, () => (long)LinuxSystemCalls.SetFlags),
        ("FS_NOCOW_FL", null, () => (long)FileFlags.NoCopyOnWrite),
        ("FS_COMPR_FL", null, () => (long)FileFlags.Compressed),
        ("sizeof(struct statfs)", null, () => Marshal.SizeOf<LinuxSystemCalls.StatFs>()),
        ("offsetof(struct statfs, f_bavail)", null, () => Offset<LinuxSystemCalls.StatFs>("Available")),
        ("offsetof(struct statfs, f_frsize)", null, () => Offset<LinuxSystemCalls.StatFs>("FragmentSize")),
        ("offsetof(struct statfs, f_flags)", null, () => Offset<LinuxSystemCalls.StatFs>("Flags")),
        ("SWAP_FLAG_PREFER", null, () => SwapAreaCalls.Prefer),
        ("SWAP_FLAG_DISCARD", null, () => SwapAreaCalls.Discards),
        ("CLONE_FS", null, () => LinuxSystemCalls.CloneFs),
        ("CLONE_FILES", null, () => LinuxSystemCalls.CloneFiles),
        ("__WALL", null, () => LinuxSystemCalls.WaitAll),
        ("RLIMIT_FSIZE", null, () => LinuxSystemCalls.LargestFile),
        ("offsetof(struct statx, stx_mtime)", null, () => Offset<FileCalls.Statx>("Modified")),
        ("sizeof(struct open_how)", "RESOLVE_IN_ROOT", () => Marshal.SizeOf<FileCalls.OpenHow>()),
        ("offsetof(struct open_how, resolve)", "RESOLVE_IN_ROOT", () => Offset<FileCalls.OpenHow>("Resolve")),
        ("__NR_pidfd_open", "__NR_pidfd_open", () => (long)ProbedCall.PidfdOpen),
        ("__NR_openat2", "__NR_openat2", () => (long)ProbedCall.Openat2),
        ("__NR_process_madvise", "__NR_process_madvise", () => (long)ProbedCall.ProcessMadvise),
        ("__NR_process_mrelease", "__NR_process_mrelease", () => (long)ProbedCall.ProcessMrelease),
        ("__NR_cachestat", "__NR_cachestat", () => (long)ProbedCall.Cachestat),
        ("PAGEMAP_SCAN", "PAGEMAP_SCAN", () => (long)LinuxSystemCalls.PagemapScan),
        ("PAGE_IS_FILE", "PAGEMAP_SCAN", () => (long)PageCategory.File),
        ("PAGE_IS_PRESENT", "PAGEMAP_SCAN", () => (long)PageCategory.Present),
        ("PAGE_IS_SWAPPED", "PAGEMAP_SCAN", () => (long)PageCategory.Swapped),
        ("PAGE_IS_HUGE", "PAGEMAP_SCAN", () => (long)PageCategory.Huge),
        ("PAGE_IS_SOFT_DIRTY", "PAGEMAP_SCAN", () => (long)PageCategory.SoftDirty),
        ("PAGE_IS_GUARD", "PAGE_IS_GUARD", () => (long)PageCategory.Guard),
        ("sizeof(struct page_region)", "PAGEMAP_SCAN", () => Marshal.SizeOf<PageRegion>()),
        ("sizeof(struct iovec)", null, () => Marshal.SizeOf<LinuxSystemCalls.MemoryPiece>()),
        ("sizeof(struct rlimit64)", null, () => Marshal.SizeOf<LimitPair>()),
        ("PROCMAP_QUERY", "PROCMAP_QUERY", () => (long)LinuxSystemCalls.ProcMapQuery),
        ("POSIX_FADV_DONTNEED", null, () => LinuxSystemCalls.DontNeed),
        ("POLLIN", null, () => LinuxSystemCalls.PollIn),
        ("POLLPRI", null, () => LinuxSystemCalls.PollPriority),
        ("POLLERR", null, () => LinuxSystemCalls.PollError),
        ("sizeof(struct pollfd)", null, () => Marshal.SizeOf<LinuxSystemCalls.PollEntry>()),
        ("EFD_CLOEXEC", null, () => LinuxSystemCalls.EventCloseOnExec),
        ("EFD_NONBLOCK", null, () => LinuxSystemCalls.EventNonBlocking),
        ("sizeof(struct cachestat)", "__NR_cachestat", () => Marshal.SizeOf<LinuxSystemCalls.CacheStat>()),
    ];

    [Fact]
    public void Every_number_and_layout_is_the_compilers()
    {
        string? compiler = Compilers.FirstOrDefault(File.Exists);
        Assert.SkipWhen(compiler is null, "there is no C compiler here");
        string[] answers = Ask(compiler);

        Assert.Equal(Facts.Length, answers.Length);
        for (int i = 0; i < Facts.Length; i++)
        {
            // Headers older than the kernel lack the newest names: the guard leaves those out.
            if (answers[i] != "absent")
            {
                Assert.Equal((Facts[i].C, long.Parse(answers[i], CultureInfo.InvariantCulture)), (Facts[i].C, Facts[i].Ours()));
            }
        }
        Assert.True(answers.Count(answer => answer != "absent") >= 25);
    }

    // An ioctl's number holds the size of its argument, so the number itself tells what the struct must be.
    [Fact]
    public void Arguments_of_ioctls_have_the_size_that_their_number_says()
    {
        Assert.Equal((long)(LinuxSystemCalls.PagemapScan >> 16) & 0x3FFF, Marshal.SizeOf<LinuxSystemCalls.PageScanArgument>());
        Assert.Equal((long)(LinuxSystemCalls.ProcMapQuery >> 16) & 0x3FFF, Marshal.SizeOf<LinuxSystemCalls.MapQuery>());
    }

    private static long Offset<T>(string field) => Marshal.OffsetOf<T>(field).ToInt64();

    private static string[] Ask(string compiler)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("linuxmemory-abi-");
        try
        {
            string source = Path.Join(folder.FullName, "facts.c");
            string program = Path.Join(folder.FullName, "facts");
            File.WriteAllText(source, "#define _GNU_SOURCE\n#include <stdio.h>\n#include <stddef.h>\n#include <fcntl.h>\n#include <sys/stat.h>\n#include <sys/uio.h>\n#include <sys/resource.h>\n#include <sys/vfs.h>\n#include <sys/swap.h>\n#include <sys/wait.h>\n#include <sched.h>\n"
                + "#include <sys/syscall.h>\n#include <linux/fs.h>\n#include <linux/fiemap.h>\n#include <linux/openat2.h>\n#include <linux/mman.h>\n#include <poll.h>\n#include <sys/eventfd.h>\nint main(void) {\n"
                + string.Concat(Facts.Select(fact => fact.Guard is null
                    ? $"printf(\"%lld\\n\", (long long)({fact.C}));\n"
                    : $"#ifdef {fact.Guard}\nprintf(\"%lld\\n\", (long long)({fact.C}));\n#else\nputs(\"absent\");\n#endif\n"))
                + "return 0; }\n");
            string errors = Run(compiler, "-o", program, source).Errors;
            Assert.True(File.Exists(program), errors);
            return Run(program).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (string Output, string Errors) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (output, errors);
    }
}
