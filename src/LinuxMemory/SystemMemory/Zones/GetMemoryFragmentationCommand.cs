using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-MemoryFragmentation: free blocks of each size in each zone, and how much of free memory they leave unusable.</summary>
[Cmdlet(VerbsCommon.Get, "MemoryFragmentation")]
[OutputType(typeof(MemoryFragmentation))]
[OutputType(typeof(ZoneFreeBlocks))]
public sealed class GetMemoryFragmentationCommand : MemoryCmdlet
{
    /// <summary>Only these orders: 0 is a page, 9 a huge page of 2 MiB on x86-64.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, 31)]
    public int[]? Order { get; set; }

    /// <summary>One object a zone, with the free blocks of all orders side by side, as /proc/buddyinfo shows them.</summary>
    [Parameter]
    public SwitchParameter Matrix { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        if (IsOn(Matrix))
        {
            foreach (ZoneFreeBlocks zone in ZoneFreeBlocks.From(BuddyInfoFile.Read(Machine).Where(row => Order is null || Order.Contains(row.Order))))
            {
                Shell.Write(zone);
            }
            return;
        }
        IReadOnlyDictionary<(int, string, int), IReadOnlyDictionary<string, long>>? types = MigrateTypes();
        foreach (MemoryFragmentation row in BuddyInfoFile.Read(Machine))
        {
            if (Order is null || Order.Contains(row.Order))
            {
                Shell.Write(row with { ByMigrateType = types?.GetValueOrDefault((row.Node, row.Zone, row.Order)) });
            }
        }
    }

    private IReadOnlyDictionary<(int, string, int), IReadOnlyDictionary<string, long>>? MigrateTypes()
    {
        try
        {
            return PageTypeInfoFile.Read(Machine);
        }
        catch (KernelException e) when (e.IsDenied || e.IsAbsent)
        {
            Shell.Verbose($"ByMigrateType stays empty: {e.Message}");
            return null;
        }
    }
}
