using System.Globalization;

namespace LinuxMemory;

/// <summary>Names by which a mapping says itself whose stack it is.</summary>
internal static class ThreadStackLabel
{
    // Kernels 3.4 to 4.4; glibc since 2.42 where the kernel names anonymous memory (CONFIG_ANON_VMA_NAME); Android's C library.
    private static readonly string[] Beginnings =
        ["[stack:", "[anon: glibc: pthread stack: ", "[anon: glibc: pthread user stack: ", "[anon:stack_and_tls:"];

    /// <summary>The thread in "[stack:1234]" and its like; null for any other name.</summary>
    public static int? ThreadIdOf(string label)
    {
        foreach (string beginning in Beginnings)
        {
            if (label.StartsWith(beginning, StringComparison.Ordinal) && label.EndsWith(']')
                && int.TryParse(label.AsSpan(beginning.Length, label.Length - beginning.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            {
                return id;
            }
        }
        return null;
    }
}
