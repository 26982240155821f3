namespace LinuxMemory.Kernel;

/// <summary>
/// A set of CPUs as kernels before 2.6.26 wrote it, and as every kernel still writes it beside the list: "ffffffff,00000003", 32 CPUs
/// a group in hexadecimal, the highest first.
/// </summary>
internal static class CpuMask
{
    // No machine has more CPUs.
    private const int MostDigits = 65536 / 4;

    /// <summary>The numbers of the CPUs in it, ascending; none where the line is empty.</summary>
    /// <exception cref="KernelFormatException">It is no such set.</exception>
    public static int[] Take(ref KernelLine line)
    {
        ReadOnlySpan<byte> text = line.TakeFieldOrEmpty();
        List<int> cpus = [];
        int first = 0;
        while (!text.IsEmpty)
        {
            ReadOnlySpan<byte> group = text[(text.LastIndexOf((byte)',') + 1)..];
            for (int digit = 0; digit < group.Length; digit++)
            {
                AddBits(cpus, first + (4 * digit), char.IsAsciiHexDigit((char)group[^(digit + 1)]) && text.Length <= MostDigits
                    ? Convert.ToInt32(((char)group[^(digit + 1)]).ToString(), 16)
                    : throw line.Malformed("a set of CPUs such as 00000000,0000000f"));
            }
            // A set of up to 32 CPUs is one group, however few its digits.
            first += Math.Max(32, 4 * group.Length);
            text = text[..^group.Length].TrimEnd((byte)',');
        }
        return [.. cpus];
    }

    private static void AddBits(List<int> cpus, int first, int bits)
    {
        for (int bit = 0; bit < 4; bit++)
        {
            if ((bits & (1 << bit)) != 0)
            {
                cpus.Add(first + bit);
            }
        }
    }
}
