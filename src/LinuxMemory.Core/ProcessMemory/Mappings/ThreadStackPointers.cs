using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Where the stack pointers of a process's threads stand. The first thread is left out: its stack has a name.</summary>
internal sealed class ThreadStackPointers
{
    private readonly ulong[] _pointers;
    private readonly int[] _threads;
    private readonly IReadOnlyDictionary<int, string> _names;

    internal ThreadStackPointers(IEnumerable<(ulong Pointer, int Thread)> found, IReadOnlyDictionary<int, string>? names = null)
    {
        _names = names ?? new Dictionary<int, string>();
        (ulong Pointer, int Thread)[] sorted = [.. found.Order()];
        _pointers = [.. sorted.Select(stack => stack.Pointer)];
        _threads = [.. sorted.Select(stack => stack.Thread)];
    }

    public static ThreadStackPointers None { get; } = new([]);

    /// <summary>
    /// Asks each thread's syscall file. A thread that runs at this moment has none to show; where we may read mappings but not
    /// trace (Yama), and on trees, none has.
    /// </summary>
    public static ThreadStackPointers Read(KernelDirectory process, int processId)
    {
        List<(ulong, int)> found = [];
        Dictionary<int, string> names = [];
        try
        {
            foreach (int thread in process.ListNumbers("task").Where(id => id != processId))
            {
                if (TryReadName(process, thread) is string name)
                {
                    names[thread] = name;
                }
                if (TryRead(process, thread) is ulong pointer)
                {
                    found.Add((pointer, thread));
                }
            }
        }
        catch (KernelException e) when (e.IsDenied || e.IsAbsent)
        {
            return new ThreadStackPointers(found, names);
        }
        return new ThreadStackPointers(found, names);
    }

    /// <summary>The one thread whose stack pointer lies in a range; null when there is none or more than one, as in a Go heap.</summary>
    public int? Only(ulong start, ulong end)
    {
        int at = Array.BinarySearch(_pointers, start);
        at = at < 0 ? ~at : at;
        return at < _pointers.Length && _pointers[at] < end && (at + 1 == _pointers.Length || _pointers[at + 1] >= end) ? _threads[at] : null;
    }

    /// <summary>A thread's name; null for one that is not there.</summary>
    public string? NameOf(int thread) => _names.GetValueOrDefault(thread);

    /// <summary>"202 0x7f19 0x89 0x0 0x0 0x0 0x0 0x7ffc 0x7f5a": the call, six arguments, stack pointer, program counter; or "-1 sp pc", or "running".</summary>
    internal static ulong? Parse(KernelReader reader)
    {
        KernelLine line = reader.RequireLine("a system call or the word running");
        ReadOnlySpan<byte> call = line.TakeField();
        if (call.SequenceEqual("running"u8))
        {
            return null;
        }
        for (int skip = call.SequenceEqual("-1"u8) ? 0 : 6; skip > 0; skip--)
        {
            line.TakeField();
        }
        line.Expect("0x"u8);
        return line.TakeHex();
    }

    private static ulong? TryRead(KernelDirectory process, int thread)
    {
        try
        {
            using KernelReader reader = process.Read(string.Create(CultureInfo.InvariantCulture, $"task/{thread}/syscall"));
            return Parse(reader);
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return null;
        }
    }

    private static string? TryReadName(KernelDirectory process, int thread)
    {
        try
        {
            using KernelReader reader = process.Read(string.Create(CultureInfo.InvariantCulture, $"task/{thread}/comm"));
            return reader.ReadText();
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return null;
        }
    }
}
