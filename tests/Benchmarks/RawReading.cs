using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Benchmarks;

/// <summary>The least that anybody must do: read the bytes.</summary>
internal static class RawReading
{
    private const string Own = "/proc/thread-self/io";

    [ThreadStatic]
    private static byte[]? _buffer;

    /// <summary>Reads a file to its end and keeps nothing; how many bytes it had, 0 when it cannot be read.</summary>
    public static long ReadAway(string path)
    {
        byte[] buffer = _buffer ??= new byte[32 * 1024];
        long total = 0;
        try
        {
            using KernelFile file = FileCalls.Open(path, OpenFlags.ReadOnly);
            int count;
            do
            {
                count = file.Read(buffer);
                total += count;
            }
            while (count > 0);
        }
        catch (KernelException)
        {
            // A process that ended meanwhile.
        }
        return total;
    }

    /// <summary>How many bytes this thread has read so far, as the kernel counts.</summary>
    public static long BytesRead()
    {
        string line = File.ReadLines(Own).First(row => row.StartsWith("rchar:", StringComparison.Ordinal));
        return long.Parse(line["rchar:".Length..], CultureInfo.InvariantCulture);
    }
}
