namespace LinuxMemory;

/// <summary>A rule for the size of swap: its name, where it comes from, and what it says to a machine.</summary>
/// <param name="Name">The name to ask for it by.</param>
/// <param name="Source">The document, or the kernel's file.</param>
/// <param name="Summary">What it looks at, in a few words.</param>
/// <param name="Compute">Bytes, or null where the rule has none, and why.</param>
internal sealed record SwapRule(string Name, string Source, string Summary, Func<SwapNeed, (long? Bytes, string Reason)> Compute)
{
    private const string KernelFiles = "SwapTotal and SwapFree of meminfo, pswpin of vmstat";

    /// <summary>All rules: the documents' first, then what this machine's own use suggests.</summary>
    public static readonly IReadOnlyList<SwapRule> All =
    [
        new("Oracle", "Oracle Database 10g Release 2 Installation Guide for Linux x86-64, 2.2.1 Memory Requirements",
            "0.75 to 2 times memory", need => SwapTables.Oracle.Advise(need)),
        new("Common", "The table that hosters and guides repeat, without an author: up to 4 GB twice, 4 to 8 GB equal, 8 to 64 GB 8 GB, 64 to 256 GB 16 GB",
            "twice memory at most, 16 GB at most", need => SwapTables.Common.Advise(need)),
        new("RedHat", "Red Hat Enterprise Linux 7 to 10, Managing storage devices, Recommended system swap space",
            "depends on memory; with and without hibernation", need => SwapTables.RedHat.Advise(need)),
        new("Ubuntu", "https://help.ubuntu.com/community/SwapFaq, How much swap do I need?",
            "about the square root of memory; with and without hibernation", need => UbuntuTable.Advise(need)),
        new("Committed", "Committed_AS of meminfo", "what programs were promised", Committed),
        new("Peak", "VmHWM in the status of each process", "if all processes were at their peak at once", Peak),
        new("SwapUse", KernelFiles, "twice what is swapped out now", SwapUse),
    ];

    private static (long?, string) Committed(SwapNeed need)
    {
        long beyond = Math.Max(0, need.Committed - need.Memory);
        return WithImage(need, beyond, beyond == 0
            ? $"Programs were promised {ByteText.Of(need.Committed)} (Committed_AS), which fits into {ByteText.Of(need.Memory)} of memory."
            : $"Programs were promised {ByteText.Of(need.Committed)} (Committed_AS), {ByteText.Of(beyond)} more than there is memory.");
    }

    private static (long?, string) Peak(SwapNeed need)
    {
        if (need.BelowPeak is not long more)
        {
            return (null, "No process tells its peak.");
        }
        // A tenth of the memory stays for the page cache, without which programs themselves are read again and again.
        long peak = Math.Min(long.MaxValue / 4, need.Used) + Math.Min(long.MaxValue / 4, need.SwapUsed) + more;
        long beyond = Math.Max(0, peak - (need.Memory / 10 * 9));
        return WithImage(need, beyond,
            $"Now {ByteText.Of(need.Used)} of memory and {ByteText.Of(need.SwapUsed)} of swap are used; with every process at its peak (VmHWM) {ByteText.Of(more)} more. "
            + (beyond == 0 ? $"That fits into nine tenths of {ByteText.Of(need.Memory)}." : $"That is {ByteText.Of(beyond)} more than nine tenths of {ByteText.Of(need.Memory)}."));
    }

    private static (long?, string) SwapUse(SwapNeed need)
    {
        string rate = need is { SwappedIn: long swappedIn, UpTime.TotalSeconds: double seconds }
            ? $" Since the start {ByteText.Of(swappedIn)} were swapped in again, {ByteText.Of((long)(swappedIn / seconds))} a second: "
                + (swappedIn / seconds > 1024 * 1024 ? "programs wait for swap, and more memory would help where more swap does not." : "so little that memory is no bottleneck.")
            : "";
        return WithImage(need, need.SwapUsed > long.MaxValue / 4 ? null : 2 * need.SwapUsed,
            $"{ByteText.Of(need.SwapUsed)} are swapped out now; twice that keeps half of the swap free.{rate}");
    }

    private static (long?, string) WithImage(SwapNeed need, long? bytes, string reason) => need.Hibernates
        ? (bytes + need.ImageSize, $"{reason} Hibernation writes an image of up to {ByteText.Of(need.ImageSize)} (image_size) beside it.")
        : (bytes, reason);
}
