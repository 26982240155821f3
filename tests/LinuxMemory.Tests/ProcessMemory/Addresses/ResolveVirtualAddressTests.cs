using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class ResolveVirtualAddressTests
{
    [Fact]
    public void A_number_is_taken_apart_without_a_process()
    {
        using RecordingShell shell = CmdletRun.Run(new ResolveVirtualAddressCommand { Address = [0xC0A81234, 0], Levels = 2 });

        VirtualAddress[] found = [.. shell.Output.Cast<VirtualAddress>()];
        Assert.Equal(2, found.Length);
        Assert.Equal((770, 641, 0x234L), (found[0].Indexes.PGD, found[0].Indexes.PTE, found[0].Indexes.Offset));
        Assert.All(found, address => Assert.Equal((VirtualAddressAccess.NoProcess, null, null), (address.Access, address.State, address.ProcessId)));
        Assert.Empty(shell.Warnings);
    }

    [Fact]
    public void A_machine_that_cannot_be_is_an_error()
    {
        using RecordingShell shell = CmdletRun.Run(new ResolveVirtualAddressCommand { Address = [0], PageSize = 3000 });

        Assert.Equal(ErrorIds.AddressFormatInvalid, Assert.Single(shell.Errors).Id);
        Assert.Empty(shell.Output);
    }

    [Fact]
    public void An_address_of_a_process_has_its_mapping()
    {
        using RecordingShell maps = CmdletRun.Run(new GetProcessMemoryMapCommand { Id = [Environment.ProcessId], Kind = [ProcessMemoryKind.Stack] });
        ProcessMemoryMapping stack = Assert.IsType<ProcessMemoryMapping>(Assert.Single(maps.Output));

        using RecordingShell shell = CmdletRun.Run(new ResolveVirtualAddressCommand { Id = [Environment.ProcessId], Address = [stack.End - 1] });

        VirtualAddress found = Assert.IsType<VirtualAddress>(Assert.Single(shell.Output));
        Assert.Equal((stack.Start, PageState.Present, Environment.ProcessId), (found.Mapping?.Start, found.State, found.ProcessId));
        // Who may not see frames hears what root would add.
        Assert.Equal(found.Access == VirtualAddressAccess.NoFrame ? 1 : 0, shell.Warnings.Count);
    }

    [Fact]
    public void A_kernel_thread_and_a_tree_of_files_are_errors()
    {
        string tree = Fixture.PathOf("6.12.117+deb12-amd64-numa2");

        Assert.Equal(ErrorIds.ProcessIsKernelThread, Failure(new() { Root = tree, Id = [2], Address = [0] }));
        Assert.Equal(ErrorIds.LiveMachineNeeded, Failure(new() { Root = tree, Id = [1], Address = [0] }));
        Assert.Equal(ErrorIds.ProcessNotFound, Failure(new() { Id = [int.MaxValue], Address = [0] }));
    }

    private static string Failure(ResolveVirtualAddressCommand cmdlet)
    {
        using RecordingShell shell = CmdletRun.Run(cmdlet);
        Assert.Empty(shell.Output);
        return Assert.Single(shell.Errors).Id;
    }
}
