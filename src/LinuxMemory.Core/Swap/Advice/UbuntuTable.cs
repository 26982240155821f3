namespace LinuxMemory;

/// <summary>Ubuntu's SwapFaq: memory in GB, swap without hibernation, swap with it. The line next above the machine's memory counts.</summary>
internal static class UbuntuTable
{
    private const long MB = 1L << 20;
    private const long GB = 1L << 30;

    // The table as it is printed; its middle column is about the square root of the first.
    private static readonly (long Memory, long Without, long With)[] Lines =
    [
        (256 * MB, 256 * MB, 512 * MB), (512 * MB, 512 * MB, 1024 * MB), (GB, GB, 2 * GB), (2 * GB, GB, 3 * GB), (3 * GB, 2 * GB, 5 * GB),
        (4 * GB, 2 * GB, 6 * GB), (5 * GB, 2 * GB, 7 * GB), (6 * GB, 2 * GB, 8 * GB), (8 * GB, 3 * GB, 11 * GB), (12 * GB, 3 * GB, 15 * GB),
        (16 * GB, 4 * GB, 20 * GB), (24 * GB, 5 * GB, 29 * GB), (32 * GB, 6 * GB, 38 * GB), (64 * GB, 8 * GB, 72 * GB), (128 * GB, 11 * GB, 139 * GB),
        (256 * GB, 16 * GB, 272 * GB), (512 * GB, 23 * GB, 535 * GB), (1024 * GB, 32 * GB, 1056 * GB), (2048 * GB, 46 * GB, 2094 * GB),
        (4096 * GB, 64 * GB, 4160 * GB), (8192 * GB, 91 * GB, 8283 * GB),
    ];

    public static (long? Bytes, string Reason) Advise(SwapNeed need)
    {
        (long memory, long without, long with) = Lines.FirstOrDefault(line => need.Memory <= line.Memory);
        if (memory == 0)
        {
            return (null, "The table ends at memory of 8 TB.");
        }
        string line = $"The table's line for {InTable(memory)}, the next at or above this machine's memory";
        return need.Hibernates ? (with, $"{line}, with hibernation: {InTable(with)}.") : (without, $"{line}: {InTable(without)}.");
    }

    private static string InTable(long bytes) => bytes < GB ? $"{bytes / MB} MB" : $"{bytes / GB} GB";
}
