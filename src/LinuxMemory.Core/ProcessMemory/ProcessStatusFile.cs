using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>/proc/PID/status: "VmRSS:	    1816 kB", a line a key. Kernel threads and zombies have no Vm lines.</summary>
public static class ProcessStatusFile
{
    // From VmPeak on in the order of ProcessStatusKey.
    private static readonly KeyTable Sizes = new(
        "VmPeak", "VmSize", "VmLck", "VmPin", "VmHWM", "VmRSS", "RssAnon", "RssFile", "RssShmem", "VmData", "VmStk", "VmExe",
        "VmLib", "VmPTE", "VmPMD", "VmSwap", "HugetlbPages");

    /// <summary>Reads the file of a process whose directory is held open; where its first thread has ended, behind its stat.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static ProcessStatus Read(KernelDirectory process)
    {
        ArgumentNullException.ThrowIfNull(process);
        using KernelReader reader = process.Read(process.Living("status"));
        return Parse(reader);
    }

    /// <summary>Reads the file's text as far as the line Threads, behind which nothing is about memory.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static ProcessStatus Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        long?[] values = new long?[(int)ProcessStatusKey.VmPeak + Sizes.Count];
        int next = 0;
        while (reader.ReadLine(out KernelLine line))
        {
            ReadOnlySpan<byte> key = line.TakeUntil((byte)':');
            if (key.SequenceEqual("Threads"u8))
            {
                return values[(int)ProcessStatusKey.RealUserId] is not null ? new ProcessStatus(values) : throw line.Malformed("the key Uid before it");
            }
            if (key.SequenceEqual("Uid"u8))
            {
                values[(int)ProcessStatusKey.RealUserId] = line.TakeInt64();
                values[(int)ProcessStatusKey.EffectiveUserId] = line.TakeInt64();
            }
            else if (IsSize(key) && Sizes.IndexOf(key, ref next) is int index and >= 0)
            {
                values[(int)ProcessStatusKey.VmPeak + index] = line.TakeSize();
            }
        }
        throw reader.Ended("the key Threads");
    }

    private static bool IsSize(ReadOnlySpan<byte> key) => key.Length > 2 && key[0] is (byte)'V' or (byte)'R' or (byte)'H';
}
