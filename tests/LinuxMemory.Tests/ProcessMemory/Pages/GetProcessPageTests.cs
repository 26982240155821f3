using System.Management.Automation;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class GetProcessPageTests
{
    [Fact]
    public void A_mapping_is_looked_at_alone()
    {
        using RecordingShell maps = CmdletRun.Run(new GetProcessMemoryMapCommand { Id = [Environment.ProcessId], Kind = [ProcessMemoryKind.Stack] });
        ProcessMemoryMapping stack = Assert.IsType<ProcessMemoryMapping>(Assert.Single(maps.Output));

        using RecordingShell shell = CmdletRun.Run(new GetProcessPageCommand { InputObject = [stack] });

        Assert.Empty(shell.Errors);
        ProcessPageRange[] pages = [.. shell.Output.Cast<ProcessPageRange>()];
        Assert.Equal((stack.Start, stack.End), (pages[0].Start, pages[^1].End));
        Assert.All(pages.Zip(pages.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.Contains(pages, range => range.State == PageState.Present);
    }

    [Fact]
    public void Any_object_with_a_process_and_two_addresses_stands_for_the_stretch()
    {
        using RecordingShell shell = CmdletRun.Run(new GetProcessPageCommand { InputObject = [new { ProcessId = Environment.ProcessId, Start = 0x1000L, End = "12288" }] });

        ProcessPageRange range = Assert.IsType<ProcessPageRange>(Assert.Single(shell.Output));
        Assert.Equal((PageState.NotMapped, 0x1000UL, 0x3000UL), (range.State, range.Start, range.End));
    }

    [Fact]
    public void An_end_that_is_not_above_the_start_is_refused()
    {
        Assert.Equal(ErrorIds.ParametersConflict, Failure(new() { Id = [Environment.ProcessId], Start = 0x5000, End = 0x5000 }));
        Assert.Equal(ErrorIds.ParametersConflict, Failure(new() { Id = [Environment.ProcessId], Start = ulong.MaxValue }));
    }

    [Fact]
    public void Processes_must_be_chosen_and_have_memory()
    {
        Assert.Equal(ErrorIds.InputObjectInvalid, Failure(new()));
        Assert.Equal(ErrorIds.ProcessNotFound, Failure(new() { Id = [int.MaxValue] }));
        Assert.Equal(ErrorIds.ProcessIsKernelThread, Failure(new() { Root = Fixture.PathOf("6.12.117+deb12-amd64-numa2"), Id = [2] }));
    }

    [Fact]
    public void A_tree_of_files_has_no_pages() =>
        Assert.Equal(ErrorIds.LiveMachineNeeded, Failure(new() { Root = Fixture.PathOf("6.12.117+deb12-amd64-numa2"), Id = [1] }));

    [Theory]
    [InlineData("0x7f2ffce60000", 0x7f2ffce60000)]
    [InlineData(" 4096 ", 4096)]
    [InlineData("0xffffffffffffffff", ulong.MaxValue)]
    [InlineData(-10485760L, 0xffffffffff600000)]
    [InlineData(-1062727116, 0xC0A81234)]
    public void An_address_is_a_number_however_it_is_written(object written, ulong address) =>
        Assert.Equal(address, new AddressAttribute().Transform(null!, written));

    [Theory]
    [InlineData("7f2ffce60000")]
    [InlineData("0x")]
    [InlineData("-1")]
    [InlineData("0x10000000000000000")]
    public void Another_text_is_no_address(string text)
    {
        Assert.Throws<ArgumentTransformationMetadataException>(() => new AddressAttribute().Transform(null!, text));
        Assert.Throws<FormatException>(() => AddressAttribute.Parse(text));
    }

    private static string Failure(GetProcessPageCommand cmdlet)
    {
        using RecordingShell shell = CmdletRun.Run(cmdlet);
        Assert.Empty(shell.Output);
        return Assert.Single(shell.Errors).Id;
    }
}
