using System.Globalization;
using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// /proc/PID/stat: "1 (init) S 0 0 0 ...", 52 fields. The name stands as it is, with spaces, parentheses and newlines if it
/// has them, so the fields begin behind the last parenthesis.
/// </summary>
public static class ProcessStatFile
{
    private const int LongestComm = 15;

    /// <summary>
    /// Reads the file of a process whose directory is held open. Memory belongs to threads: when the first one has ended, state and
    /// addresses are those of another one that lives, through which the process's other files are read from now on.
    /// </summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static ProcessStat Read(KernelDirectory process)
    {
        ArgumentNullException.ThrowIfNull(process);
        using KernelReader reader = process.Read("stat");
        ProcessStat first = Parse(reader);
        ProcessStat? living = first is { IsZombie: true, Threads: > 1 } ? OfLivingThread(process, first.Id) : null;
        process.LivingThread = living?.LivingThread;
        return living is null ? first : living with
        {
            Id = first.Id,
            Comm = first.Comm,
            IsCommFull = first.IsCommFull,
            MinorFaults = first.MinorFaults,
            MajorFaults = first.MajorFaults,
            StartTicks = first.StartTicks,
        };
    }

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static ProcessStat Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ReadOnlySpan<byte> text = reader.ReadToEnd().TrimEnd((byte)'\n');
        if (text.IsEmpty)
        {
            throw reader.Ended("the process's id");
        }
        KernelLine line = new(reader.Name, 1, text);
        int id = line.TakeInt32();
        line.Expect("("u8);
        int end = line.Rest.LastIndexOf((byte)')');
        ReadOnlySpan<byte> comm = end >= 0 ? line.Rest[..end] : throw line.Malformed("a name in parentheses");
        while (line.Rest.Contains((byte)')'))
        {
            line.TakeUntil((byte)')');
        }
        return Fields(id, comm, ref line);
    }

    // Null where all are ending, and on a tree without their files.
    private static ProcessStat? OfLivingThread(KernelDirectory process, int first)
    {
        try
        {
            foreach (int thread in process.ListNumbers("task").Where(id => id != first))
            {
                using KernelReader? reader = process.TryRead(string.Create(CultureInfo.InvariantCulture, $"task/{thread}/stat"));
                if (reader is not null && Parse(reader) is { IsZombie: false } living)
                {
                    return living with { LivingThread = thread };
                }
            }
        }
        catch (KernelException e) when (e.IsAbsent)
        {
        }
        return null;
    }

    private static ProcessStat Fields(int id, ReadOnlySpan<byte> comm, ref KernelLine line)
    {
        ProcessStat stat = new()
        {
            Id = id,
            Comm = Encoding.UTF8.GetString(comm),
            IsCommFull = comm.Length == LongestComm,
            State = (char)line.TakeField()[0],
            ParentId = line.TakeInt32(),
            Flags = Skip(4, ref line).TakeInt64(),
            MinorFaults = line.TakeInt64(),
            MajorFaults = Skip(1, ref line).TakeInt64(),
            Threads = Skip(7, ref line).TakeInt64(),
            StartTicks = Skip(1, ref line).TakeInt64(),
            VirtualSize = line.TakeInt64(),
            RssPages = line.TakeInt64(),
            // Hidden ones are written as 1.
            StartCode = Above(1, Skip(1, ref line).TakeUInt64()),
            EndCode = Above(1, line.TakeUInt64()),
            StartStack = Above(0, line.TakeUInt64()),
        };
        SkipIfThere(16, ref line);
        return line.IsAtEnd ? stat : stat with
        {
            StartData = Above(0, line.TakeUInt64()),
            EndData = Above(0, line.TakeUInt64()),
            StartBrk = Above(0, line.TakeUInt64()),
            ArgStart = TakeLate(ref line),
            ArgEnd = TakeLate(ref line),
            EnvStart = TakeLate(ref line),
            EnvEnd = TakeLate(ref line),
        };
    }

    private static ref KernelLine Skip(int fields, ref KernelLine line)
    {
        for (int i = 0; i < fields; i++)
        {
            line.TakeField();
        }
        return ref line;
    }

    private static void SkipIfThere(int fields, ref KernelLine line)
    {
        for (int i = 0; i < fields; i++)
        {
            line.TakeFieldOrEmpty();
        }
    }

    private static ulong? TakeLate(ref KernelLine line) => line.IsAtEnd ? null : Above(0, line.TakeUInt64());

    private static ulong? Above(ulong hidden, ulong address) => address > hidden ? address : null;
}
