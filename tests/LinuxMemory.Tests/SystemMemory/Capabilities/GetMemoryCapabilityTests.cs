using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class GetMemoryCapabilityTests
{
    [Fact]
    public void Writes_every_capability_once()
    {
        using GetMemoryCapabilityCommand command = new() { Root = Fixture.PathOf("6.12.117+deb12-amd64-numa2") };

        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Empty(shell.Errors);
        Assert.Equal(MemoryCapabilities.Names, shell.Output.Cast<MemoryCapability>().Select(capability => capability.Name));
    }

    [Fact]
    public void A_name_may_be_a_pattern_and_ignores_case()
    {
        using GetMemoryCapabilityCommand command = new() { Name = ["numa*", "KSM", "nothing*"], Root = Fixture.PathOf("6.12.117+deb12-amd64-numa2") };

        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Empty(shell.Errors);
        Assert.Equal(["Numa", "NumaBalancing", "Ksm"], shell.Output.Cast<MemoryCapability>().Select(capability => capability.Name));
    }

    [Fact]
    public void An_unknown_name_is_an_error_with_the_nearest_ones_and_the_others_go_on()
    {
        using GetMemoryCapabilityCommand command = new() { Name = ["PageScam", "Ksm"], Root = Fixture.PathOf("6.12.117+deb12-amd64-numa2") };

        using RecordingShell shell = CmdletRun.Run(command);

        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal((ErrorIds.CapabilityNotFound, "PageScam"), (error.Id, error.Target));
        Assert.Contains("PageScan", error.Message, StringComparison.Ordinal);
        Assert.Single(shell.Output);
    }

    [Fact]
    public void The_completer_offers_names_by_their_beginning()
    {
        Assert.Equal(["Zram", "Zswap"], new MemoryCapabilityNameCompleter().Complete(Kernel.Machine.Live, new TypedCommand("z")).Select(offer => offer.Text));
    }
}
