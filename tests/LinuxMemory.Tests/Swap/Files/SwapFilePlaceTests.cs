using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

/// <summary>What is peculiar about the place of a swap file: the blocks of its file system, the end of fstab.</summary>
public sealed class SwapFilePlaceTests : IDisposable
{
    private readonly SwapTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData(1024, 1)]
    [InlineData(4096, 0)]
    public void Blocks_smaller_than_a_page_are_warned_of_before_anything_is_made(long block, int warnings)
    {
        _tree.Calls.BlockSize = block;

        using RecordingShell shell = Create();

        Assert.Equal(warnings, shell.Warnings.Count);
        Assert.All(shell.Warnings, text => Assert.Contains("14%", text, StringComparison.Ordinal));
        Assert.Single(shell.Output);
    }

    [Fact]
    public void A_file_system_table_without_a_last_newline_is_so_again_when_the_file_is_removed()
    {
        const string before = "# mine\n/dev/sda1 / ext4 defaults 0 1";
        _tree.Write("etc/fstab", before);
        Create("Persist").Dispose();
        using RemoveSwapFileCommand command = new() { Path = ["/mnt/new.swap"] };
        command.WorkOn(_tree.Machine);

        Assert.Empty(CmdletRun.Run(command).Errors);

        Assert.Equal(before, _tree.Read("etc/fstab"));
    }

    private RecordingShell Create(params string[] switches)
    {
        using NewSwapFileCommand command = new() { Path = "/mnt/new.swap", Size = 1 << 20 };
        command.Switches.UnionWith(switches);
        command.WorkOn(_tree.Machine);
        return CmdletRun.Run(command);
    }
}
