using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public sealed class GetProcessMemoryMapTests : IDisposable
{
    private const string HugePages = "6.12.117+deb12-amd64-hugepages";

    private readonly List<string> _copies = [];

    [Fact]
    public void Writes_the_mappings_of_a_captured_process()
    {
        List<ProcessMemoryMapping> mappings = Mappings(new() { Root = Fixture.PathOf(HugePages), Id = [221] });

        Assert.Equal(14, mappings.Count);
        Assert.All(mappings, mapping => Assert.Equal((221, "memtool"), (mapping.ProcessId, mapping.ProcessName)));
        Assert.Equal(12L << 20, mappings.Single(m => m.Path == "/dev/hugepages/seg0").Size);
    }

    [Fact]
    public void All_processes_leave_out_kernel_threads_without_a_word()
    {
        using RecordingShell shell = Run(new() { Root = Fixture.PathOf(HugePages) });

        Assert.Empty(shell.Errors);
        Assert.Empty(shell.Warnings);
        Assert.Equal([1, 208, 221], shell.Output.Cast<ProcessMemoryMapping>().Select(m => m.ProcessId).Distinct().Where(id => id is 1 or 208 or 221));
        Assert.DoesNotContain(shell.Output.Cast<ProcessMemoryMapping>(), mapping => mapping.ProcessId == 2);
    }

    [Fact]
    public void Fast_knows_no_sizes_but_Size()
    {
        List<ProcessMemoryMapping> mappings = Mappings(new() { Root = Fixture.PathOf(HugePages), Id = [221], Switches = { "Fast" } });

        Assert.Equal(14, mappings.Count);
        Assert.All(mappings, mapping => Assert.Null(mapping.Rss));
        Assert.All(mappings, mapping => Assert.Null(mapping.VmFlags));
    }

    [Fact]
    public void Kind_and_Path_choose()
    {
        Assert.Equal(4, Mappings(new() { Root = Fixture.PathOf(HugePages), Id = [221], Kind = [ProcessMemoryKind.HugePage] }).Count);
        Assert.Equal(2, Mappings(new() { Root = Fixture.PathOf(HugePages), Id = [221], Kind = [ProcessMemoryKind.Text, ProcessMemoryKind.Heap] }).Count);
        Assert.Equal(5, Mappings(new() { Root = Fixture.PathOf(HugePages), Id = [221], Path = ["*MEMTOOL"] }).Count);
        Assert.Single(Mappings(new() { Root = Fixture.PathOf(HugePages), Id = [221], Path = ["*memtool"], Kind = [ProcessMemoryKind.Text] }));
    }

    [Fact]
    public void A_kernel_thread_that_the_user_named_is_an_error()
    {
        Assert.Equal(ErrorIds.ProcessIsKernelThread, Failure(new() { Root = Fixture.PathOf(HugePages), Id = [2] }));
        Assert.Equal(ErrorIds.ProcessIsKernelThread, Failure(new() { Root = Fixture.PathOf(HugePages), Name = ["kthreadd"] }));
        Assert.Empty(Mappings(new() { Root = Fixture.PathOf(HugePages), Name = ["kthread*"] }));
    }

    [Theory]
    [InlineData(99999999)]
    [InlineData(-1)]
    [InlineData(0)]
    public void An_id_that_no_process_has_is_an_error(int id)
    {
        Assert.Equal(ErrorIds.ProcessNotFound, Failure(new() { Root = Fixture.PathOf(HugePages), Id = [id] }));
    }

    [Fact]
    public void An_error_of_one_process_leaves_the_others()
    {
        using RecordingShell shell = Run(new() { Root = Fixture.PathOf(HugePages), Id = [99999999, 221] });

        Assert.Equal(99999999, Assert.Single(shell.Errors).Target);
        Assert.Equal(14, shell.Output.Count);
    }

    [Theory]
    [InlineData("", ":1")]
    [InlineData("00400000-00401000 r--p 000", ":1")]
    [InlineData("00400000-00401000 r--p 00000000 00:02 47 /bin/memtool\nRss:      18446744073709551616 kB\n", ":2")]
    public void A_garbled_file_is_an_error_that_names_it(string text, string line)
    {
        string root = Copy();
        File.WriteAllText(Path.Join(root, "proc/221/smaps"), text);

        using RecordingShell shell = Run(new() { Root = root, Id = [221] });

        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal(ErrorIds.KernelFileMalformed, error.Id);
        Assert.Contains("proc/221/smaps" + line, error.Message, StringComparison.Ordinal);
        Assert.Equal(221, error.Target);
    }

    [Fact]
    public void A_zombie_that_the_user_named_has_ended()
    {
        string root = Copy();
        string stat = Path.Join(root, "proc/221/stat");
        File.WriteAllText(stat, File.ReadAllText(stat).Replace(") S ", ") Z ", StringComparison.Ordinal));

        Assert.Equal(ErrorIds.ProcessNotFound, Failure(new() { Root = root, Id = [221] }));
        using RecordingShell all = Run(new() { Root = root });
        Assert.Empty(all.Errors);
    }

    [Fact]
    public void Of_a_process_whose_first_thread_has_ended_a_tree_without_the_others_is_told()
    {
        string root = Copy();
        string stat = Path.Join(root, "proc/221/stat");
        string[] fields = File.ReadAllText(stat).Split(' ');
        (fields[2], fields[19]) = ("Z", "3");
        File.WriteAllText(stat, string.Join(' ', fields));

        using RecordingShell shell = Run(new() { Root = root, Id = [221] });

        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal(ErrorIds.ProcessNotFound, error.Id);
        Assert.Contains("proc/221/task", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_parentheses_and_newlines_is_kept()
    {
        string root = Copy();
        string stat = Path.Join(root, "proc/221/stat");
        File.WriteAllText(stat, File.ReadAllText(stat).Replace("(memtool)", "(a) b\n(c)", StringComparison.Ordinal));

        Assert.Equal("a) b\n(c", Mappings(new() { Root = root, Id = [221] })[0].ProcessName);
    }

    [Fact]
    public void Mappings_go_out_while_the_file_is_read_and_stop_with_the_pipeline()
    {
        using RecordingShell shell = new();
        shell.OnOutput = _ => shell.Cancel();
        using GetProcessMemoryMapCommand command = new() { Root = Fixture.PathOf(HugePages), Id = [221] };

        CmdletRun.Run(command, shell);

        Assert.Single(shell.Output);
        Assert.Empty(shell.Errors);
    }

    [Fact]
    public void This_process_is_told_apart()
    {
        List<ProcessMemoryMapping> mappings = Mappings(new() { Id = [Environment.ProcessId] });

        Assert.Contains(mappings, m => m.Kind == ProcessMemoryKind.Text && m.Path == Environment.ProcessPath);
        Assert.Contains(mappings, m => m.Kind == ProcessMemoryKind.LibraryText && m.Path!.EndsWith("libcoreclr.so", StringComparison.Ordinal));
        Assert.Contains(mappings, m => m.Kind == ProcessMemoryKind.LibraryText && m.Path!.EndsWith("System.Private.CoreLib.dll", StringComparison.Ordinal));
        Assert.Contains(mappings, m => m.Kind == ProcessMemoryKind.Stack);
        Assert.DoesNotContain(mappings, m => m.Kind == ProcessMemoryKind.FileMapping && m.Path!.EndsWith(".dll", StringComparison.Ordinal));
    }

    [Fact]
    public void Cells_of_the_view_are_those_of_pmap()
    {
        List<ProcessMemoryMapping> mappings = Mappings(new() { Root = Fixture.PathOf(HugePages), Id = [221] });

        Assert.Equal("221 (memtool)", ProcessMemoryMappingText.Process(mappings[0]));
        Assert.Equal(["memtool", "Bss", "[heap]", "anon_hugepage", "seg0", "[stack]"], mappings.Select(ProcessMemoryMappingText.Name).Distinct().Where(n => n is not ("[vvar]" or "[vdso]")));
        Assert.Equal("-", ProcessMemoryMappingText.Dirty(Mappings(new() { Root = Fixture.PathOf(HugePages), Id = [221], Switches = { "Fast" } })[0]));
    }

    public void Dispose()
    {
        foreach (string copy in _copies)
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private string Copy()
    {
        string root = Fixture.Copy(HugePages);
        _copies.Add(root);
        return root;
    }

    private static List<ProcessMemoryMapping> Mappings(GetProcessMemoryMapCommand command)
    {
        using RecordingShell shell = Run(command);
        Assert.Empty(shell.Errors.Select(error => error.Message));
        return [.. shell.Output.Cast<ProcessMemoryMapping>()];
    }

    private static string Failure(GetProcessMemoryMapCommand command)
    {
        using RecordingShell shell = Run(command);
        Assert.Empty(shell.Output);
        return Assert.Single(shell.Errors).Id;
    }

    private static RecordingShell Run(GetProcessMemoryMapCommand command)
    {
        using (command)
        {
            return CmdletRun.Run(command);
        }
    }
}
