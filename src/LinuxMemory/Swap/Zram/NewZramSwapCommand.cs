using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>New-ZramSwap: makes a compressed disk in memory and swaps to it, as one transaction.</summary>
[Cmdlet(VerbsCommon.New, "ZramSwap", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ZramDevice))]
[OutputType(typeof(MemoryChange))]
public sealed class NewZramSwapCommand : ChangeCmdlet
{
    /// <summary>How much can be swapped to it, before compression: 4GiB, ram/2, 'min(ram/2, 4GiB)'.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(ZramSizeCompleter))]
    [ValidateNotNullOrEmpty]
    public string Size { get; set; } = "";

    /// <summary>How it compresses: one of those that the kernel offers. Without it the kernel's default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ZramAlgorithmCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Algorithm { get; set; }

    /// <summary>0 to 32767, 100 by default: areas with the highest are used first, and memory is faster than any disk.</summary>
    [Parameter]
    [ValidateRange(0, 32767)]
    public int Priority { get; set; } = 100;

    /// <summary>The memory that it may take at most, after compression; without it no limit. The same expressions as for -Size.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ZramSizeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? MemoryLimit { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        MemInfo memory = MemInfoFile.Read(Machine);
        long size = Bytes(Size, memory);
        RequireZram();
        ZramSwapCreation plan = ZramSwapCreation.Plan(Machine, size, Algorithm, Priority, MemoryLimit is null ? null : Bytes(MemoryLimit, memory))
            with { Caution = Caution(size, memory) };
        if (Apply(plan) is MemoryChange made && !IsOn(PassThru))
        {
            Shell.Write(ZramDevice.Read(Machine, ZramNames.Plain(made.Target)));
        }
    }

    private static long Bytes(string text, MemInfo memory)
    {
        try
        {
            return SizeExpression.Evaluate(text, memory.MemTotal);
        }
        catch (FormatException e)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.SwapSizeInvalid, ErrorCategory.InvalidArgument, e.Message, text, e));
        }
    }

    private void RequireZram()
    {
        if (Machine.HasKernel && !Machine.Exists("sys/class/zram-control"))
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.ZramUnavailable, ErrorCategory.NotInstalled,
                "There is no zram here: the kernel was built without it, or its module is not loaded (modprobe zram).", Machine.Root));
        }
        // What one device offers all of them offer.
        IReadOnlyList<string> offered = ZramDevice.AllAlgorithms(Machine);
        if (Algorithm is not null && offered.Count > 0 && !offered.Contains(Algorithm))
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.SettingValueInvalid, ErrorCategory.InvalidArgument,
                $"zram does not compress with '{Display.Text(Algorithm)}' here. This kernel offers {string.Join(", ", offered)}. Nothing was changed.", Algorithm));
        }
    }

    private string? Caution(long size, MemInfo memory)
    {
        if (size / 2 > memory.MemTotal)
        {
            return $"{Display.Size(size)} are more than twice the memory: what is usual compresses to a third or a half, so memory would run out before the device is full.";
        }
        return Machine.TryReadValue("sys/module/zswap/parameters/enabled") == "Y"
            ? "zswap is on: with swap on zram pages are compressed twice. Switch it off with Set-Zswap $false." : null;
    }
}
