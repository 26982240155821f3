using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>/proc/PID/limits: "Max address space         unlimited            unlimited            bytes", in columns of 26, 21 and 21.</summary>
public static class ProcessLimitsFile
{
    private const int NameWidth = 26;

    /// <summary>The soft limits of a process whose directory is held open; none where the file is absent or denied.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyDictionary<string, long?> TryRead(KernelDirectory process)
    {
        ArgumentNullException.ThrowIfNull(process);
        try
        {
            using KernelReader reader = process.Read("limits");
            return ParseSoft(reader);
        }
        catch (KernelException e) when (e.IsAbsent || e.IsDenied)
        {
            return new Dictionary<string, long?>();
        }
    }

    /// <summary>The soft limits by the kernel's names, "Max address space", in the kernel's units; null is unlimited.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyDictionary<string, long?> ParseSoft(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Dictionary<string, long?> limits = [];
        reader.RequireLine("the header of the limits").Expect("Limit "u8);
        while (reader.ReadLine(out KernelLine line))
        {
            if (line.Rest.Length <= NameWidth)
            {
                throw line.Malformed("a name of 25 characters and a limit");
            }
            string name = Encoding.UTF8.GetString(line.Rest[..NameWidth].TrimEnd((byte)' '));
            KernelLine value = new(reader.Name, reader.LineNumber, line.Rest[NameWidth..]);
            limits[name] = value.TrySkip("unlimited"u8) ? null
                : value.TakeUInt64() is <= long.MaxValue and ulong number ? (long)number
                : null;
        }
        return limits;
    }
}
