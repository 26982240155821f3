using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;
using static LinuxMemory.ProcessMemoryKind;

namespace LinuxMemory.Core.Tests;

public class MappingClassifierTests
{
    [Fact]
    public void A_static_program_that_was_captured_is_told_apart_without_its_exe_link()
    {
        using KernelDirectory process = Fixture.Machine("6.12.117+deb12-amd64-hugepages").OpenDirectory("proc/221");

        ProcessMemoryKind[] kinds = [.. ProcessMemoryMap.Read(process).Select(m => m.Kind)];

        Assert.Equal([ReadOnlyData, Text, ReadOnlyData, ReadOnlyData, Data, Bss, Heap, HugePage, HugePage, HugePage, HugePage, Vvar, Vdso, Stack], kinds);
    }

    [Fact]
    public void Without_sizes_the_kinds_are_the_same()
    {
        using KernelDirectory process = Fixture.Machine("6.12.117+deb12-amd64-hugepages").OpenDirectory("proc/221");

        Assert.Equal(ProcessMemoryMap.Read(process).Select(m => m.Kind), ProcessMemoryMap.Read(process, fast: true).Select(m => m.Kind));
    }

    [Fact]
    public void A_library_is_known_by_its_name_or_by_its_code()
    {
        Assert.Equal([LibraryReadOnlyData, LibraryText, LibraryData, LibraryData, FileMapping, LibraryReadOnlyData, LibraryText, FileMapping, LibraryReadOnlyData],
            Kinds("""
                1000-2000 r--p 00000000 fe:00 1 /lib/libc.so.6
                2000-3000 r-xp 00001000 fe:00 1 /lib/libc.so.6
                3000-4000 rw-p 00002000 fe:00 1 /lib/libc.so.6
                4000-5000 rw-p 00000000 00:00 0
                6000-7000 r--p 00000000 fe:00 2 /usr/lib/locale/C.utf8/LC_CTYPE
                7000-8000 r--p 00000000 fe:00 3 /opt/plugin
                8000-9000 r-xp 00001000 fe:00 3 /opt/plugin
                9000-a000 r--s 00000000 fe:00 4 /usr/lib/gconv/gconv-modules.cache
                a000-b000 r--s 00000000 fe:00 5 /usr/share/dotnet/System.Linq.dll
                """, program: "/bin/x"));
    }

    [Fact]
    public void The_program_is_where_its_code_begins_when_the_link_is_missing()
    {
        const string text = """
            1000-2000 r--p 00000000 fe:00 1 /opt/launcher
            2000-3000 r-xp 00001000 fe:00 1 /opt/launcher
            5000-6000 r--p 00000000 fe:00 2 /opt/program
            6000-7000 r-xp 00001000 fe:00 2 /opt/program
            """;

        Assert.Equal([LibraryReadOnlyData, LibraryText, ReadOnlyData, Text], Kinds(text, startCode: 0x6000));
        Assert.Equal([ReadOnlyData, Text, LibraryReadOnlyData, LibraryText], Kinds(text));
        Assert.Equal([LibraryReadOnlyData, LibraryText, ReadOnlyData, Text], Kinds(text, program: "/opt/program"));
    }

    [Fact]
    public void Memory_directly_behind_the_programs_data_is_its_bss()
    {
        Assert.Equal([Data, Bss, Data, Anonymous, Heap],
            Kinds("""
                1000-2000 rw-p 00000000 fe:00 1 /bin/x
                2000-3000 rw-p 00000000 00:00 0
                5000-6000 rw-p 00000000 fe:00 1 /bin/x
                7000-8000 rw-p 00000000 00:00 0
                8000-9000 rw-p 00000000 00:00 0 [heap]
                """, program: "/bin/x"));
    }

    [Theory]
    [InlineData("1000-2000 rw-p 00000000 00:00 0 [heap]", Heap)]
    [InlineData("1000-2000 rw-p 00000000 00:00 0 [stack]", Stack)]
    [InlineData("1000-2000 r-xp 00000000 00:00 0 [vdso]", Vdso)]
    [InlineData("1000-2000 r--p 00000000 00:00 0 [vvar]", Vvar)]
    [InlineData("1000-2000 r--p 00000000 00:00 0 [vvar_vclock]", Vvar)]
    [InlineData("1000-2000 --xp 00000000 00:00 0 [vsyscall]", Vsyscall)]
    [InlineData("1000-2000 --xp 00000000 00:00 0 [uprobes]", Other)]
    [InlineData("1000-2000 rw-p 00000000 00:00 0 [anon: glibc: malloc]", Anonymous)]
    [InlineData("1000-2000 rw-p 00000000 00:00 0 [anon: glibc: pthread stack: 4711]", ThreadStack)]
    [InlineData("1000-2000 ---p 00000000 00:00 0 [anon: glibc: pthread stack: 4711]", Guard)]
    [InlineData("1000-2000 rw-p 00000000 00:00 0 [stack:4711]", ThreadStack)]
    [InlineData("1000-2000 rw-s 00000000 00:01 9 [anon_shmem:cache]", SharedMemory)]
    [InlineData("1000-2000 rw-s 00000000 00:0e 9 anon_inode:[perf_event]", Other)]
    [InlineData("1000-2000 rw-s 00000000 00:08 9 socket:[77]", Other)]
    [InlineData("1000-2000 ---p 00000000 00:00 0", Guard)]
    [InlineData("100000-300000 ---p 00000000 00:00 0", Anonymous)]
    [InlineData("100000-300000 ---p 00000000 fe:00 3 /lib/libold.so", Guard)]
    [InlineData("1000-2000 rwxp 00000000 00:00 0", Anonymous)]
    [InlineData("1000-2000 rw-s 00000000 00:19 3 /dev/shm/ring", SharedMemory)]
    [InlineData("1000-2000 rw-s 00000000 00:01 3 /memfd:doublemapper (deleted)", SharedMemory)]
    [InlineData("1000-2000 r-xs 00000000 00:01 3 /memfd:doublemapper (deleted)", SharedMemory)]
    [InlineData("1000-2000 r-xp 00000000 00:01 3 /memfd:plugin (deleted)", LibraryText)]
    [InlineData("1000-2000 rw-s 00000000 00:01 3 /SYSV00001234 (deleted)", SharedMemory)]
    [InlineData("1000-2000 rw-s 00000000 00:01 3 /dev/zero (deleted)", SharedMemory)]
    [InlineData("1000-2000 rw-p 00000000 00:05 3 /dev/zero", Anonymous)]
    [InlineData("200000-400000 rw-p 00000000 00:0f 3 /anon_hugepage (deleted)", HugePage)]
    [InlineData("1000-2000 rw-s 00000000 00:05 3 /dev/dri/card0", Device)]
    [InlineData("1000-2000 rw-s 00000000 fe:00 3 /var/lib/data.mdb", FileMapping)]
    [InlineData("1000-2000 r-xp 00000000 fe:00 3 /usr/lib/jvm/lib/server/classes.jsa", FileMapping)]
    [InlineData("1000-2000 r--s 00000000 fe:00 3 /usr/lib/jvm/lib/modules", FileMapping)]
    public void A_mapping_alone_says_what_it_is(string line, ProcessMemoryKind kind)
    {
        Assert.Equal(kind, Assert.Single(Kinds(line, program: "/bin/x")));
    }

    [Theory]
    [InlineData("rd wr mr mw me de ht sd", "/mnt/huge/a", HugePage)]
    [InlineData("rd wr sh mr mw me ms pf io dc de sd", "/sys/bus/pci/resource0", Device)]
    [InlineData("rd wr sh mr mw me ms pf io dc de sd", "anon_inode:[vfio-device]", Device)]
    [InlineData("rd wr mr mw me ac sd", "/mnt/huge/a", FileMapping)]
    public void Flags_tell_huge_pages_and_devices(string flags, string name, ProcessMemoryKind kind)
    {
        List<ProcessMemoryMapping> mappings = SmapsFileTests.Parse($"200000-400000 rw-s 00000000 00:19 3 {name}\nRss: 0 kB\nVmFlags: {flags} \n");

        Assert.Equal(kind, Assert.Single(new MappingClassifier("/bin/x", null, ThreadStackPointers.None).Classify(mappings)).Kind);
    }

    [Fact]
    public void A_stack_is_where_one_threads_stack_pointer_stands()
    {
        ThreadStackPointers stacks = new([(0x2800, 11), (0x4100, 12), (0x4200, 13), (0x6800, 14)]);
        List<ProcessMemoryMapping> mappings = SmapsFileTests.ParseMaps("""
            1000-2000 ---p 00000000 00:00 0
            2000-3000 rw-p 00000000 00:00 0
            4000-5000 rw-p 00000000 00:00 0
            6000-7000 rw-p 00000000 00:00 0 [heap]
            """);

        ProcessMemoryMapping[] found = [.. new MappingClassifier("/bin/x", null, stacks).Classify(mappings)];

        Assert.Equal([Guard, ThreadStack, Anonymous, Heap], found.Select(m => m.Kind));
        Assert.Equal([null, 11, null, null], found.Select(m => m.ThreadId));
    }

    [Fact]
    public void A_label_gives_the_thread()
    {
        List<ProcessMemoryMapping> mappings = SmapsFileTests.ParseMaps("1000-2000 rw-p 00000000 00:00 0 [stack:4711]\n");

        Assert.Equal(4711, Assert.Single(new MappingClassifier(null, null, ThreadStackPointers.None).Classify(mappings)).ThreadId);
    }

    [Fact]
    public void Thousands_of_pieces_of_one_file_do_not_wait_for_its_end()
    {
        IEnumerable<ProcessMemoryMapping> endless = Enumerable.Range(1, int.MaxValue - 1).SelectMany(i => SmapsFileTests.ParseMaps($"{i:x}000-{i:x}800 r--s 00000000 fe:00 3 /data\n"));

        Assert.Equal(FileMapping, new MappingClassifier("/bin/x", null, ThreadStackPointers.None).Classify(endless).First().Kind);
    }

    [Theory]
    [InlineData("202 0x7f19 0x89 0x0 0x0 0x0 0xffffffff 0x7ffed9359bf0 0x7f196f5a4f16\n", 0x7ffed9359bf0UL)]
    [InlineData("-1 0x7ffed9359bf0 0x7f196f5a4f16\n", 0x7ffed9359bf0UL)]
    [InlineData("running\n", null)]
    public void A_stack_pointer_is_the_last_field_but_one(string text, ulong? pointer)
    {
        using KernelReader reader = KernelReader.Over("/proc/7/task/8/syscall", System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Equal(pointer, ThreadStackPointers.Parse(reader));
    }

    private static ProcessMemoryKind[] Kinds(string text, string? program = null, ulong? startCode = null) =>
        [.. new MappingClassifier(program, startCode, ThreadStackPointers.None).Classify(SmapsFileTests.ParseMaps(text)).Select(m => m.Kind)];
}
