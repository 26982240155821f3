using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// The name of a process as Get-Process gives it. The kernel keeps 15 bytes; where they are full, the first or second
/// argument's file name that begins with them is the whole name.
/// </summary>
public static class ProcessName
{
    /// <summary>Reads the name of a process whose directory is held open.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">Its stat file is cut or garbled.</exception>
    public static string Read(KernelDirectory process) => Read(process, ProcessStatFile.Read(process));

    /// <summary>The same, where its stat file has been read already.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    public static string Read(KernelDirectory process, ProcessStat stat)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(stat);
        if (!MayBeCut(stat))
        {
            return stat.Comm;
        }
        using KernelReader reader = process.Read(process.Living("cmdline"));
        return Complete(stat, reader.ReadToEnd());
    }

    /// <summary>True when the command line is needed to know the name.</summary>
    internal static bool MayBeCut(ProcessStat stat) => stat.IsCommFull && !stat.IsKernelThread;

    /// <summary>The name, given the bytes of /proc/PID/cmdline, arguments that each end in a NUL.</summary>
    internal static string Complete(ProcessStat stat, ReadOnlySpan<byte> commandLine)
    {
        if (!MayBeCut(stat))
        {
            return stat.Comm;
        }
        // The cut may have gone through a character; what is left of it reads U+FFFD.
        string comm = stat.Comm.TrimEnd('\uFFFD');
        for (int argument = 0; argument < 2 && !commandLine.IsEmpty; argument++)
        {
            int end = commandLine.IndexOf((byte)0);
            ReadOnlySpan<byte> path = end < 0 ? commandLine : commandLine[..end];
            string name = Encoding.UTF8.GetString(path[(path.LastIndexOf((byte)'/') + 1)..]);
            if (name.StartsWith(comm, StringComparison.Ordinal) && name.Length >= stat.Comm.Length)
            {
                return name;
            }
            commandLine = end < 0 ? [] : commandLine[(end + 1)..];
        }
        return stat.Comm;
    }
}
