using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The file that a process runs, as /proc/PID/exe shows it. Source: elf(5).</summary>
internal static class ProcessProgram
{
    private const int LongestHeader = 64;
    private const int ClassAt = 4;
    private const int MachineAt = 18;
    private const byte Class32 = 1;
    private const byte Class64 = 2;
    private const byte Machine386 = 3;

    /// <summary>The header of a program of 64 bits, or of one for i386, whose header is shorter than what is given.</summary>
    /// <exception cref="KernelException">It is denied, or a program of another kind (EOPNOTSUPP).</exception>
    public static byte[] Header(KernelDirectory process)
    {
        using KernelFile program = process.Open(process.Living("exe"));
        byte[] header = new byte[LongestHeader];
        int count = FileCalls.ReadAt(program, header, 0);
        return count == LongestHeader && (Is(header, Class64) || (Is(header, Class32) && header[MachineAt] == Machine386)) ? header
            : throw new KernelException(Errno.EOPNOTSUPP, "read", $"{program.Name} (neither a program of 64 bits nor one for i386)");
    }

    /// <summary>True for the header of a program of 32 bits.</summary>
    public static bool Is32Bit(ReadOnlySpan<byte> header) => Is(header, Class32);

    /// <summary>True for a program of 32 bits, whose addresses end at 4 GiB; false also where that cannot be read.</summary>
    public static bool Is32Bit(KernelDirectory process)
    {
        try
        {
            using KernelFile program = process.Open(process.Living("exe"));
            byte[] header = new byte[ClassAt + 1];
            return FileCalls.ReadAt(program, header, 0) == header.Length && Is(header, Class32);
        }
        catch (KernelException)
        {
            return false;
        }
    }

    private static bool Is(ReadOnlySpan<byte> header, byte bits) => header.StartsWith("\u007fELF"u8) && header[ClassAt] == bits;
}
