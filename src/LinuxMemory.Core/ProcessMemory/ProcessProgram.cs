using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The file that a process runs, as /proc/PID/exe shows it. Source: elf(5).</summary>
internal static class ProcessProgram
{
    /// <summary>The length of the header of a program of 64 bits.</summary>
    public const int HeaderSize = 64;

    private const int ClassAt = 4;
    private const byte Class32 = 1;
    private const byte Class64 = 2;

    /// <summary>The header of a program of 64 bits.</summary>
    /// <exception cref="KernelException">It is denied, or a program of 32 bits (EOPNOTSUPP).</exception>
    public static byte[] Header(KernelDirectory process)
    {
        using KernelFile program = process.Open("exe");
        byte[] header = new byte[HeaderSize];
        int count = FileCalls.ReadAt(program, header, 0);
        return count == HeaderSize && Is(header, Class64) ? header
            : throw new KernelException(Errno.EOPNOTSUPP, "read", Is(header, Class32)
                ? $"{program.Name} (a program of 32 bits: only cores of 64 bits are written; gcore, which comes with gdb, writes its core)"
                : $"{program.Name} (not a program of 64 bits)");
    }

    /// <summary>True for a program of 32 bits, whose addresses end at 4 GiB; false also where that cannot be read.</summary>
    public static bool Is32Bit(KernelDirectory process)
    {
        try
        {
            using KernelFile program = process.Open("exe");
            byte[] header = new byte[ClassAt + 1];
            return FileCalls.ReadAt(program, header, 0) == header.Length && Is(header, Class32);
        }
        catch (KernelException)
        {
            return false;
        }
    }

    private static bool Is(byte[] header, byte bits) => header.AsSpan().StartsWith("\u007fELF"u8) && header[ClassAt] == bits;
}
