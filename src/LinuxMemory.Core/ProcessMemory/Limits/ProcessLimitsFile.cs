using System.Buffers.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>/proc/PID/limits: "Max locked memory         8388608              8388608              bytes", a line a resource, in columns of 26, 21 and 21.</summary>
public static class ProcessLimitsFile
{
    private const int NameWidth = 26;
    private const int RowsWithMemory = 7;

    /// <summary>Reads the limits of a process whose directory is held open, with how much of each it uses.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static IReadOnlyList<ProcessMemoryLimit> Read(KernelDirectory process)
    {
        ArgumentNullException.ThrowIfNull(process);
        ProcessStat stat = ProcessStatFile.Read(process);
        string name = ProcessName.Read(process, stat);
        ProcessStatus status = ProcessStatusFile.Read(process);
        using KernelReader reader = process.Read("limits");
        return [.. Parse(reader).Select(limit => new ProcessMemoryLimit
        {
            Id = stat.Id,
            Name = name,
            Resource = limit.Resource,
            Soft = limit.Soft,
            Hard = limit.Hard,
            InUse = InUse(limit.Resource, status),
        })];
    }

    /// <summary>Reads the file's text: the resources that are memory, in the file's order.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyList<(ProcessMemoryResource Resource, long? Soft, long? Hard)> Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.RequireLine("the heading").Expect("Limit"u8);
        List<(ProcessMemoryResource, long?, long?)> limits = [];
        while (reader.ReadLine(out KernelLine line))
        {
            if (line.Text.Length > NameWidth && ResourceOf(line.Text[..NameWidth].TrimEnd((byte)' ')) is ProcessMemoryResource resource)
            {
                KernelLine values = line;
                for (int words = line.Text[..NameWidth].TrimEnd((byte)' ').Count((byte)' ') + 1; words > 0; words--)
                {
                    values.TakeField();
                }
                limits.Add((resource, TakeLimit(ref values), TakeLimit(ref values)));
            }
        }
        return limits.Count == RowsWithMemory ? limits : throw reader.Ended("a line for each limit");
    }

    private static long? TakeLimit(ref KernelLine line)
    {
        if (line.TrySkip("unlimited"u8))
        {
            return null;
        }
        ReadOnlySpan<byte> field = line.TakeField();
        return Utf8Parser.TryParse(field, out ulong value, out int length) && length == field.Length
            // Nobody has so much: it is no limit.
            ? value <= long.MaxValue ? (long)value : null : throw line.Malformed("a number of bytes, or unlimited");
    }

    private static ProcessMemoryResource? ResourceOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("Max data size"u8) ? ProcessMemoryResource.Data
        : name.SequenceEqual("Max stack size"u8) ? ProcessMemoryResource.Stack
        : name.SequenceEqual("Max core file size"u8) ? ProcessMemoryResource.Core
        : name.SequenceEqual("Max resident set"u8) ? ProcessMemoryResource.Rss
        : name.SequenceEqual("Max locked memory"u8) ? ProcessMemoryResource.Locked
        : name.SequenceEqual("Max address space"u8) ? ProcessMemoryResource.AddressSpace
        : name.SequenceEqual("Max msgqueue size"u8) ? ProcessMemoryResource.MessageQueue
        : null;

    internal static long? InUse(ProcessMemoryResource resource, ProcessStatus status) => resource switch
    {
        ProcessMemoryResource.Data => status.VmData,
        ProcessMemoryResource.Stack => status.VmStk,
        ProcessMemoryResource.Rss => status.VmRSS,
        ProcessMemoryResource.Locked => status.VmLck,
        ProcessMemoryResource.AddressSpace => status.VmSize,
        _ => null,
    };
}
