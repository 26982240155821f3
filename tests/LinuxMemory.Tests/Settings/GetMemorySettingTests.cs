using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public class GetMemorySettingTests
{
    private const string Captured = "6.12.117+deb12-amd64-numa2";

    [Fact]
    public void Lists_every_setting_of_a_captured_machine()
    {
        using GetMemorySettingCommand command = new() { Root = Fixture.PathOf(Captured) };
        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Empty(shell.Errors);
        Assert.Equal(MemorySettings.Names(Fixture.Machine(Captured)), shell.Output.Cast<MemorySetting>().Select(setting => setting.Name));
        Assert.InRange(shell.Output.Count, 90, 150);
    }

    [Theory]
    [InlineData("vm.swappiness")]
    [InlineData("vm/swappiness")]
    [InlineData("VM.Swappi*")]
    public void Finds_a_setting_by_name_slashes_and_wildcards(string name)
    {
        using GetMemorySettingCommand command = new() { Root = Fixture.PathOf(Captured), Name = [name] };
        using RecordingShell shell = CmdletRun.Run(command);

        MemorySetting setting = Assert.IsType<MemorySetting>(Assert.Single(shell.Output));
        Assert.Equal(("vm.swappiness", (object)60L, 0L, 200L), (setting.Name, setting.Value, setting.Minimum, setting.Maximum));
    }

    [Theory]
    [InlineData("vm.swapiness")]
    [InlineData("vm.block_dump")]
    public void A_name_that_the_kernel_does_not_have_is_an_error_and_others_go_on(string name)
    {
        using GetMemorySettingCommand command = new() { Root = Fixture.PathOf(Captured), Name = [name, "ksm.run"] };
        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Equal(ErrorIds.SettingNotFound, Assert.Single(shell.Errors).Id);
        Assert.Equal("ksm.run", Assert.IsType<MemorySetting>(Assert.Single(shell.Output)).Name);
    }

    [Fact]
    public void Wildcards_that_match_nothing_are_silent()
    {
        using GetMemorySettingCommand command = new() { Root = Fixture.PathOf(Captured), Name = ["nothing*"] };
        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Empty(shell.Errors);
        Assert.Empty(shell.Output);
    }

    [Fact]
    public void Verbose_names_what_sysctl_system_would_do_otherwise()
    {
        using SettingsTree tree = new(Captured);
        tree.Write("etc/sysctl.d/50-a.conf", "vm.swappiness = 10\n");
        tree.Write("etc/sysctl.conf", "vm.swappiness = 20\n");
        using GetMemorySettingCommand command = new() { Root = tree.Root, Name = ["vm.swappiness"] };
        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Equal("vm.swappiness: the next boot gives 10, 'sysctl --system' would give 20.", Assert.Single(shell.VerboseLines));
    }

    [Fact]
    public void Completion_offers_live_names_from_the_start_or_behind_a_dot()
    {
        Machine machine = Fixture.Machine(Captured);

        Assert.Equal(["vm.swappiness"], new SettingNameCompleter().Complete(machine, new TypedCommand("swappi")).Select(offer => offer.Text));
        Assert.Contains("ksm.run", new SettingNameCompleter().Complete(machine, new TypedCommand("ksm.")).Select(offer => offer.Text));
    }
}
