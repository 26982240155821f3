using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

/// <summary>What the cmdlets that change processes refuse before they change anything.</summary>
public class ProcessChangeTests
{
    private static readonly string Tree = Fixture.PathOf("6.12.117+deb12-amd64-numa2");

    [Fact]
    public void A_kernel_thread_gets_no_other_limit() =>
        Assert.Equal(ErrorIds.ProcessIsKernelThread, Failure(new SetProcessMemoryLimitCommand { Root = Tree, Id = [2], Resource = ProcessMemoryResource.Stack, Soft = 1 << 20 }));

    [Theory]
    [InlineData(new[] { 0, 1 }, new[] { 1, 0 })]
    [InlineData(new[] { 1, 0 }, new[] { 0, 1 })]
    public void Nodes_that_cross_are_refused(int[] from, int[] to) =>
        Assert.Equal(ErrorIds.ParametersConflict, Failure(new MoveProcessMemoryCommand { Root = Tree, Id = [1], FromNode = from, ToNode = to }));

    [Theory]
    [InlineData(new[] { 1, 0 }, new[] { 1, 0 })]
    [InlineData(new[] { 0, 1 }, new[] { 0 })]
    public void Nodes_in_the_same_order_and_many_to_one_are_for_the_kernel(int[] from, int[] to) =>
        Assert.NotEqual(ErrorIds.ParametersConflict, Failure(new MoveProcessMemoryCommand { Root = Tree, Id = [int.MaxValue], FromNode = from, ToNode = to }));

    [Fact]
    public void Advice_for_an_empty_stretch_is_refused() =>
        Assert.Equal(ErrorIds.ParametersConflict, Failure(new InvokeProcessPageAdviceCommand { Id = [Environment.ProcessId], Advice = ProcessPageAdvice.Cold, Start = 0x5000, End = 0x5000 }));

    [Fact]
    public void Advice_for_a_mapping_without_an_end_does_not_go_on_to_the_end_of_memory() =>
        Assert.Equal(ErrorIds.InputObjectInvalid, Failure(new InvokeProcessPageAdviceCommand { InputObject = [new { ProcessId = Environment.ProcessId, Start = 0x5000UL, End = (ulong?)null }], Advice = ProcessPageAdvice.Cold, Start = 0x5000 }));

    [Fact]
    public void Memory_that_is_seen_only_through_another_thread_is_neither_moved_nor_advised()
    {
        string copy = Fixture.Copy("6.12.117+deb12-amd64-numa2");
        try
        {
            string stat = Path.Join(copy, "proc/1/stat");
            string[] fields = File.ReadAllText(stat).Split(' ');
            fields[19] = "2";
            Directory.CreateDirectory(Path.Join(copy, "proc/1/task/9"));
            File.WriteAllText(Path.Join(copy, "proc/1/task/9/stat"), string.Join(' ', fields));
            fields[2] = "Z";
            File.WriteAllText(stat, string.Join(' ', fields));

            Assert.Equal(ErrorIds.ProcessNotFound, Failure(new MoveProcessMemoryCommand { Root = copy, Id = [1], FromNode = [0], ToNode = [1] }));
            Assert.Equal(ErrorIds.ProcessNotFound, Failure(new InvokeProcessPageAdviceCommand { Root = copy, Id = [1], Advice = ProcessPageAdvice.Cold }));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Theory]
    [InlineData("prlimit", "CAP_SYS_RESOURCE")]
    [InlineData("migrate_pages", "CAP_SYS_NICE")]
    [InlineData("process_madvise", "CAP_SYS_NICE")]
    [InlineData("process_vm_readv", "CAP_SYS_PTRACE")]
    public void A_refused_call_about_a_process_names_its_capability(string call, string capability) =>
        Assert.Contains(capability, Capability.For(new KernelException(Errno.EPERM, call, "process 4711")), StringComparison.Ordinal);

    private static string Failure(MemoryCmdlet cmdlet)
    {
        using RecordingShell shell = CmdletRun.Run(cmdlet);
        Assert.Empty(shell.Output);
        return Assert.Single(shell.Errors).Id;
    }
}
