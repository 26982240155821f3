using System.Globalization;
using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Set-Zswap: switches zswap on or off and says how it compresses and how large its pool may be, now and with -Persist at every boot.</summary>
[Cmdlet(VerbsCommon.Set, "Zswap", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MemoryChange))]
public sealed class SetZswapCommand : SettingCmdlet
{
    /// <summary>Whether new pages are taken. What is in the pool stays there until it is read or dropped.</summary>
    [Parameter(Position = 0)]
    public bool? Enabled { get; set; }

    /// <summary>How pages are compressed from now on: lzo, lz4, zstd or another compressor that the kernel has.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CompressorCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Compressor { get; set; }

    /// <summary>The share of memory that the pool takes at most, in percent.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int? MaxPoolPercent { get; set; }

    /// <summary>A pool that was full takes pages again below this share of its limit, in percent. Since Linux 5.6.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int? AcceptThresholdPercent { get; set; }

    /// <summary>Whether cold pages of the pool go to the swap device before it is full. Since Linux 6.8.</summary>
    [Parameter]
    public bool? ShrinkerEnabled { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        List<(string Name, string Value)> wanted = [.. Wanted()];
        if (wanted.Count == 0)
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.SettingValueInvalid, ErrorCategory.InvalidArgument,
                "Say what to set: -Enabled, -Compressor, -MaxPoolPercent, -AcceptThresholdPercent or -ShrinkerEnabled.", null));
        }
        // Everything is checked before the first thing is changed.
        List<PlannedChange> changes = [.. wanted.SelectMany(item => Plan(item.Name, item.Value))];
        if (Enabled == true && UsesZram())
        {
            Shell.Warn("There is swap on zram: with zswap before it, pages are compressed twice. Use one of the two.");
        }
        try
        {
            Apply(changes);
        }
        catch (MemoryErrorException e) when (Compressor is not null && e.Error is { Id: ErrorIds.KernelFileAbsent, Exception: KernelException { Operation: "write" } })
        {
            throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.SettingValueInvalid, ErrorCategory.InvalidArgument,
                $"The kernel has no compressor '{Compressor}'. {e.Message}", Compressor, e.Error.Exception));
        }
    }

    // Switched on it starts with what else was set; switched off nothing is compressed anew on the way.
    private IEnumerable<(string Name, string Value)> Wanted()
    {
        if (Enabled == false)
        {
            yield return ("zswap.enabled", "N");
        }
        if (Compressor is not null)
        {
            yield return ("zswap.compressor", Compressor);
        }
        if (MaxPoolPercent is int pool)
        {
            yield return ("zswap.max_pool_percent", pool.ToString(CultureInfo.InvariantCulture));
        }
        if (AcceptThresholdPercent is int threshold)
        {
            yield return ("zswap.accept_threshold_percent", threshold.ToString(CultureInfo.InvariantCulture));
        }
        if (ShrinkerEnabled is bool shrinks)
        {
            yield return ("zswap.shrinker_enabled", shrinks ? "Y" : "N");
        }
        if (Enabled == true)
        {
            yield return ("zswap.enabled", "Y");
        }
    }

    private bool UsesZram()
    {
        using KernelReader? reader = Machine.TryRead("proc/swaps");
        while (reader is not null && reader.ReadLine(out KernelLine line))
        {
            if (line.TrySkip("/dev/zram"u8))
            {
                return true;
            }
        }
        return false;
    }
}
