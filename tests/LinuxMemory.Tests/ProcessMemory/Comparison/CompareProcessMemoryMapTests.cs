using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class CompareProcessMemoryMapTests
{
    private const ulong MiB = 1 << 20;

    [Fact]
    public void Of_one_process_what_overlaps_belongs_together()
    {
        object[] before = [Map(0x1000000, 2 * MiB, label: "[heap]", kind: "Heap"), Map(0x7f0000000000, MiB), Map(0x7f1000000000, MiB, path: "/lib/a.so")];
        object[] after = [Map(0x1000000, 5 * MiB, label: "[heap]", kind: "Heap"), Map(0x7f1000000000, MiB, path: "/lib/a.so"), Map(0x7f2000000000, 3 * MiB)];

        ProcessMemoryMapDifference[] found = Compare(before, after);

        Assert.Equal(
            [(ProcessMemoryMapChange.Grown, 3 * (long)MiB), (ProcessMemoryMapChange.Removed, -(long)MiB), (ProcessMemoryMapChange.Added, 3 * (long)MiB)],
            found.Select(difference => (difference.Change, difference.RssChange!.Value)));
        Assert.Equal(("[heap]", ProcessMemoryKind.Heap, 0x1000000UL), (found[0].Label!, found[0].Kind, found[0].Start));
    }

    [Fact]
    public void Mappings_that_were_merged_or_split_have_not_changed()
    {
        object[] two = [Map(0x1000000, MiB), Map(0x1000000 + MiB, MiB), Map(0x5000000, MiB, path: "/lib/a.so"), Map(0x6000000, MiB, path: "/lib/b.so")];
        object[] one = [Map(0x1000000, 2 * MiB), Map(0x5000000, MiB, path: "/lib/a.so"), Map(0x6000000, MiB, path: "/lib/b.so")];

        Assert.Empty(Compare(two, one));
        Assert.Empty(Compare(one, two));
    }

    [Fact]
    public void Of_two_processes_what_is_the_same_belongs_together_wherever_it_lies()
    {
        object[] before = [Map(0x1000000, MiB, path: "/bin/x", process: 1), Map(0x3000000, 2 * MiB, label: "[heap]", kind: "Heap", process: 1), Map(0x7f0000000000, 4 * MiB, process: 1), Map(0x7f2000000000, 8 * MiB, process: 1)];
        object[] after = [Map(0x9000000, MiB, path: "/bin/x", process: 2), Map(0xa000000, 3 * MiB, label: "[heap]", kind: "Heap", process: 2), Map(0x7e0000000000, 8 * MiB, process: 2), Map(0x7e2000000000, 4 * MiB, process: 2)];

        ProcessMemoryMapDifference found = Assert.Single(Compare(before, after));

        Assert.Equal((ProcessMemoryMapChange.Grown, "[heap]", 2, 0x3000000UL), (found.Change, found.Label!, found.ProcessId, found.ReferenceStart!.Value));
    }

    [Fact]
    public void A_program_that_replaced_itself_has_new_addresses()
    {
        object[] before = [Map(0x1000000, MiB, path: "/bin/x"), Map(0x7f0000000000, MiB, path: "/lib/a.so")];
        object[] after = [Map(0x2000000, MiB, path: "/bin/x"), Map(0x7e0000000000, MiB, path: "/lib/a.so")];

        Assert.Empty(Compare(before, after));
    }

    [Fact]
    public void Without_sizes_in_memory_address_space_counts()
    {
        object[] before = [new { ProcessId = 1, Start = 4096UL, End = 8192UL, Permissions = "rw-p", Kind = "Anonymous" }];
        object[] after = [new { ProcessId = 1, Start = "4096", End = "0x4000", Permissions = "rw-p", Kind = "Anonymous" }];

        ProcessMemoryMapDifference found = Assert.Single(Compare(before, after));

        Assert.Equal((ProcessMemoryMapChange.Grown, 8192L, (long?)null), (found.Change, found.SizeChange, found.RssChange));
    }

    [Fact]
    public void Memory_that_was_dropped_is_shrunk_although_the_mapping_stayed()
    {
        ProcessMemoryMapDifference found = Assert.Single(Compare([Map(4096, 8 * MiB)], [Map(4096, 8 * MiB, rss: MiB)]));

        Assert.Equal((ProcessMemoryMapChange.Shrunk, 0L, -7 * (long)MiB), (found.Change, found.SizeChange, found.RssChange!.Value));
    }

    [Fact]
    public void Empty_lists_differ_by_everything()
    {
        Assert.Equal(ProcessMemoryMapChange.Added, Assert.Single(Compare([], [Map(4096, MiB)])).Change);
        Assert.Equal(ProcessMemoryMapChange.Removed, Assert.Single(Compare([Map(4096, MiB)], [])).Change);
        Assert.Empty(Compare([], []));
    }

    // Compared without it, all that it stands for would be Added, or Removed.
    [Fact]
    public void What_is_no_mapping_ends_the_comparison()
    {
        Assert.Contains("-Reference: expected mappings, as Get-ProcessMemoryMap writes them, found the text 'x'.", Refusal([Map(4096, MiB), "x"], [Map(4096, MiB)]), StringComparison.Ordinal);
        Assert.Contains("-Difference: expected mappings, as Get-ProcessMemoryMap writes them, found an object of type", Refusal([Map(4096, MiB)], [new { Start = 5, End = 4 }]), StringComparison.Ordinal);
        Assert.Contains("found an object of type Version", Refusal([new Version()], []), StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_that_no_machine_has_are_compared_all_the_same()
    {
        object[] huge = [.. Enumerable.Range(0, 5).Select(i => (object)new { ProcessId = 1, Start = 0UL, End = ulong.MaxValue, Rss = long.MaxValue })];

        Assert.All(Compare([], huge), found => Assert.Equal((ProcessMemoryMapChange.Added, (long?)null), (found.Change, found.RssChange)));
    }

    [Fact]
    public void A_captured_process_does_not_differ_from_itself_and_does_from_another()
    {
        Kernel.Machine machine = Fixture.Machine("6.12.117+deb12-amd64-hugepages");
        object[] Mappings(int id)
        {
            using Kernel.KernelDirectory process = ProcessList.Open(machine, id);
            return [.. ProcessMemoryMap.Read(process)];
        }
        int[] ids = [.. ProcessList.Names(machine).Where(process => process.Name == "memtool").Select(process => process.Id)];

        Assert.Empty(Compare(Mappings(ids[0]), Mappings(ids[0])));
        Assert.NotEmpty(Compare(Mappings(1), Mappings(ids[0])));
    }

    private static ProcessMemoryMapDifference[] Compare(object[] before, object[] after)
    {
        RecordingShell shell = CmdletRun.Run(new CompareProcessMemoryMapCommand { Reference = before, Difference = after });
        Assert.Empty(shell.Errors);
        return [.. shell.Output.Cast<ProcessMemoryMapDifference>()];
    }

    private static string Refusal(object[] before, object[] after)
    {
        using RecordingShell shell = CmdletRun.Run(new CompareProcessMemoryMapCommand { Reference = before, Difference = after });
        Assert.Empty(shell.Output);
        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal(ErrorIds.InputObjectInvalid, error.Id);
        return error.Message;
    }

    private static object Map(ulong start, ulong size, string? path = null, string? label = null, string kind = "Anonymous", int process = 1, ulong? rss = null) => new
    {
        ProcessId = process,
        Start = start,
        End = start + size,
        Permissions = "rw-p",
        Kind = kind,
        Path = path,
        Label = label,
        Rss = rss ?? size,
        Pss = rss ?? size,
        Swap = 0,
    };
}
