using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class GetMemInfoTests
{
    [Fact]
    public void Writes_one_object_for_a_captured_machine()
    {
        using GetMemInfoCommand command = new() { Root = Fixture.PathOf("6.12.117+deb12-amd64-numa2") };

        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Empty(shell.Errors);
        Assert.IsType<MemInfo>(Assert.Single(shell.Output));
    }

    [Theory]
    [InlineData("/no/such/place")]
    [InlineData("/proc")]
    [InlineData("/proc/self/fdinfo")]
    [InlineData("/proc/self/status")]
    [InlineData("a\0b")]
    public void A_root_that_is_no_directory_of_a_machine_ends_the_command(string root)
    {
        using GetMemInfoCommand command = new() { Root = root };

        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Equal(ErrorIds.RootInvalid, Assert.Single(shell.Errors).Id);
    }

    public static TheoryData<MemoryCmdlet> Quiet =>
        [new GetHugePageMountCommand(), new GetHugePagePoolCommand(), new GetIommuGroupCommand(), new GetUioDeviceCommand(), new GetMemInfoCommand()];

    [Theory, MemberData(nameof(Quiet))]
    public void A_directory_that_holds_no_machine_ends_every_command_in_the_same_way(MemoryCmdlet command)
    {
        string directory = Directory.CreateTempSubdirectory("linuxmemory-etc-").FullName;
        try
        {
            File.WriteAllText(Path.Join(directory, "fstab"), "");
            command.Root = directory;

            using RecordingShell shell = CmdletRun.Run(command);

            Assert.Equal(ErrorIds.RootInvalid, Assert.Single(shell.Errors).Id);
            Assert.Contains("proc", shell.Errors[0].Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
            command.Dispose();
        }
    }

    public static TheoryData<MemoryCmdlet, string> Features => new()
    {
        { new GetKsmCommand(), "CONFIG_KSM" },
        { new GetMemoryBlockCommand(), "CONFIG_MEMORY_HOTPLUG" },
        { new GetNumaNodeCommand(), "CONFIG_NUMA" },
        { new GetNumaStatisticCommand(), "CONFIG_NUMA" },
        { new GetSlabCacheCommand(), "CONFIG_SLUB_DEBUG" },
    };

    [Theory, MemberData(nameof(Features))]
    public void A_feature_that_the_kernel_lacks_is_named(MemoryCmdlet command, string option)
    {
        using TemporaryTree tree = new();
        Directory.CreateDirectory(tree.PathOf("proc"));
        command.Root = tree.Root;

        using RecordingShell shell = CmdletRun.Run(command);
        command.Dispose();

        Assert.Equal(ErrorIds.KernelFileAbsent, Assert.Single(shell.Errors).Id);
        Assert.Contains(option, shell.Errors[0].Message, StringComparison.Ordinal);
    }
}
