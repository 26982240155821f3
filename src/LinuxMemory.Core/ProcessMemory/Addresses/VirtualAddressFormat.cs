using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>How a machine takes a virtual address apart: bits that count in the table of each level, from the top down, and the offset in a page.</summary>
public sealed record VirtualAddressFormat
{
    private const int EntryBits = 3;
    private const int MostLevels = 5;

    // What arm64 translates at most; its tables could hold more.
    private const int MostArmBits = 52;

    /// <summary>Bits of the index at each level, from the top table down: 9, 9, 9, 9 on x86-64.</summary>
    public required IReadOnlyList<int> IndexBits { get; init; }

    /// <summary>Bits of the offset in a page of the usual size: 12 for 4 KiB.</summary>
    public required int OffsetBits { get; init; }

    /// <summary>Bits of an address that are translated: 48 on x86-64 with four levels.</summary>
    public int AddressBits => IndexBits.Sum() + OffsetBits;

    // On arm64 each half of the address space has tables of its own, so that no translated bit is a sign.
    internal bool HasOwnHalves { get; private init; }

    // A machine whose addresses fill its words has no bits above to repeat the sign in: 32-bit x86, PAE included.
    private bool HasSign => AddressBits is > 32 and < 64;

    /// <summary>The format of a machine's kernel.</summary>
    /// <exception cref="KernelException">A file is denied.</exception>
    public static VirtualAddressFormat Of(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        int pageSize = LinuxMemory.PageSize.Of(machine);
        bool isArm = machine.IsLive ? RuntimeInformation.ProcessArchitecture == Architecture.Arm64 : HasCpuLine(machine, "CPU implementer"u8, ""u8);
        int? levels = isArm ? ArmLevels(machine, pageSize) : HasCpuLine(machine, "flags"u8, " la57"u8) ? MostLevels : null;
        VirtualAddressFormat format = Make(pageSize, levels, null) ?? throw new KernelException(Errno.EINVAL, "getpagesize", machine.Root);
        return format with { HasOwnHalves = isArm };
    }

    /// <summary>
    /// The format that numbers describe, for pages of a size: 4 KiB pages and 4 levels are x86-64, 2 levels 32-bit x86 (10-10-12). A size
    /// of 2 MiB, 4 MiB or 1 GiB means huge pages of such a machine; 16 and 64 KiB are arm64. Null when there is no such machine.
    /// </summary>
    public static VirtualAddressFormat? Make(long pageSize, int? levels, IReadOnlyList<int>? indexBits)
    {
        if (pageSize < 2 || !BitOperations.IsPow2(pageSize))
        {
            return null;
        }
        int offset = BitOperations.Log2((ulong)pageSize);
        if (indexBits is not null)
        {
            return indexBits.Count is > 0 and <= MostLevels && indexBits.All(bits => bits is > 0 and < 32) && indexBits.Sum() + offset <= 64
                && (levels is null || levels == indexBits.Count) ? new VirtualAddressFormat { IndexBits = indexBits, OffsetBits = offset, HasOwnHalves = offset is 14 or 16 } : null;
        }
        // Entries of 8 bytes, but for the old 32-bit x86.
        int depth = levels ?? (offset is 16 or 29 ? 3 : 4);
        int @base = depth == 2 && offset is 12 or 22 ? 12 : offset is 16 or 29 ? 16 : offset is 14 or 25 ? 14 : 12;
        int each = depth == 2 && @base == 12 ? 10 : @base - EntryBits;
        VirtualAddressFormat format = new() { IndexBits = [.. Enumerable.Repeat(each, depth)], OffsetBits = @base, HasOwnHalves = @base > 12 };
        int top = Math.Min(format.HasOwnHalves ? MostArmBits : 64, format.AddressBits) - (each * (depth - 1)) - @base;
        return depth is >= 2 and <= MostLevels && top > 0 && offset >= @base && (offset - @base) % each == 0 && (offset - @base) / each < depth
            ? format with { IndexBits = [top, .. Enumerable.Repeat(each, depth - 1)] } : null;
    }

    /// <summary>The indexes of an address at each level, for a page of a size at which the tables end.</summary>
    public VirtualAddressIndexes Decode(ulong address, long pageSize)
    {
        int low = Math.Max(OffsetBits, BitOperations.Log2((ulong)Math.Max(1, pageSize)));
        int?[] found = new int?[IndexBits.Count];
        int shift = AddressBits;
        for (int i = 0; i < found.Length; i++)
        {
            shift -= IndexBits[i];
            found[i] = shift >= low ? (int)((address >> shift) & ((1UL << IndexBits[i]) - 1)) : null;
        }
        // Linux folds away the levels that a machine lacks, first P4D, then PUD, then PMD.
        int depth = found.Length;
        return new VirtualAddressIndexes
        {
            PGD = found[0],
            P4D = depth == MostLevels ? found[1] : null,
            PUD = depth >= 4 ? found[depth - 3] : null,
            PMD = depth >= 3 ? found[depth - 2] : null,
            PTE = depth >= 2 ? found[depth - 1] : null,
            Offset = (long)(address & ((1UL << low) - 1)),
        };
    }

    /// <summary>False for an address that the processor refuses: the bits above those that are translated must repeat the highest of them, or be zero on a 32-bit machine.</summary>
    public bool IsCanonical(ulong address)
    {
        if (AddressBits >= 64)
        {
            return true;
        }
        int bits = HasSign && !HasOwnHalves ? AddressBits - 1 : AddressBits;
        ulong above = address >> bits;
        return above == 0 || (HasSign && above == ulong.MaxValue >> bits);
    }

    /// <summary>As people write it: "9-9-9-9-12".</summary>
    public override string ToString() => string.Join('-', IndexBits.Append(OffsetBits).Select(bits => bits.ToString(CultureInfo.InvariantCulture)));

    // arm64 kernels are built for 36 to 52 bits, and the stack lies right below the end of what programs have.
    private static int? ArmLevels(Machine machine, int pageSize)
    {
        using KernelReader? reader = machine.TryRead("proc/self/maps");
        ulong end = reader is null ? 0 : MapsFile.Parse(reader, 0, "").LastOrDefault()?.End ?? 0;
        int offset = BitOperations.Log2((ulong)pageSize);
        return end == 0 ? null : Math.Clamp(((BitOperations.Log2(end - 1) - offset) / (offset - EntryBits)) + 1, 2, 4);
    }

    // The processor's flag goes away when the kernel was booted with no5lvl or built without.
    private static bool HasCpuLine(Machine machine, ReadOnlySpan<byte> name, ReadOnlySpan<byte> word)
    {
        using KernelReader? reader = machine.TryRead("proc/cpuinfo");
        while (reader is not null && reader.ReadLine(out KernelLine line))
        {
            if (line.Text.StartsWith(name))
            {
                int at = line.Text.IndexOf(word);
                return word.IsEmpty || (at >= 0 && (at + word.Length == line.Text.Length || line.Text[at + word.Length] == ' '));
            }
        }
        return false;
    }
}
