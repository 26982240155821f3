namespace LinuxMemory.Kernel;

/// <summary>Files of sysfs that hold one value. Absent and denied are null; a value that is there and garbled is an error.</summary>
public static class MachineValues
{
    /// <summary>The text of the file; null when it is absent or denied.</summary>
    public static string? TryReadValue(this Machine machine, string path)
    {
        ArgumentNullException.ThrowIfNull(machine);
        try
        {
            return machine.TryReadText(path);
        }
        catch (KernelException)
        {
            return null;
        }
    }

    /// <summary>The number in the file; null when it is absent or denied.</summary>
    /// <exception cref="KernelFormatException">There is no number in it.</exception>
    public static long? TryReadNumber(this Machine machine, string path) =>
        machine.TryReadLine(path, (ref KernelLine line) => (long?)line.TakeInt64());

    /// <summary>The hexadecimal number in the file, with or without 0x; null when it is absent or denied.</summary>
    /// <exception cref="KernelFormatException">There is no number in it.</exception>
    public static ulong? TryReadHex(this Machine machine, string path) =>
        machine.TryReadLine(path, (ref KernelLine line) =>
        {
            line.TrySkip("0x"u8);
            return (ulong?)line.TakeHex();
        });

    /// <summary>The list of CPUs or nodes in the file; null when it is absent or denied.</summary>
    /// <exception cref="KernelFormatException">There is no such list in it.</exception>
    public static int[]? TryReadNumbers(this Machine machine, string path) =>
        machine.TryReadLine(path, (ref KernelLine line) => line.TakeNumbers());

    /// <summary>The CPUs in a file that lists them, or else in one that has them as a mask; null when both are absent or denied.</summary>
    /// <exception cref="KernelFormatException">There are no CPUs in it.</exception>
    internal static int[]? TryReadCpus(this Machine machine, string list, string mask) =>
        machine.TryReadNumbers(list) ?? machine.TryReadLine(mask, (ref KernelLine line) => CpuMask.Take(ref line));

    /// <summary>The names in a directory; none when it is absent, or vanishes while it is read.</summary>
    /// <exception cref="KernelException">It is denied.</exception>
    public static IReadOnlyList<string> TryList(this Machine machine, string directory)
    {
        ArgumentNullException.ThrowIfNull(machine);
        try
        {
            return machine.List(directory);
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return [];
        }
    }

    private delegate T Take<T>(ref KernelLine line);

    private static T? TryReadLine<T>(this Machine machine, string path, Take<T> take)
    {
        ArgumentNullException.ThrowIfNull(machine);
        try
        {
            using KernelReader? reader = machine.TryRead(path);
            if (reader is null)
            {
                return default;
            }
            // An empty list is an empty line, or nothing at all.
            reader.ReadLine(out KernelLine line);
            return take(ref line);
        }
        catch (KernelException)
        {
            return default;
        }
    }
}
