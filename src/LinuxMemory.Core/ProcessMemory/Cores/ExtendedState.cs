using System.Buffers.Binary;

namespace LinuxMemory;

/// <summary>Where a part of the extended state of an x86 processor stands in what XSAVE writes: bytes from its beginning, and how many.</summary>
internal readonly record struct StatePart(int Offset, int Size);

/// <summary>
/// The registers of an x86 processor beyond the old ones, NT_X86_XSTATE. Processors lay the parts out as they like (AMD leaves no room
/// for MPX), and a core cannot say how: debuggers take it for the layout of Intel's first ones, so it is written so.
/// </summary>
internal static class ExtendedState
{
    /// <summary>The leaf of CPUID that tells size and offset of each part.</summary>
    public const int CpuLeaf = 0xD;

    private const int HeaderEnd = 576;
    private const int EnabledAt = 464;
    private const int FirstPart = 2;

    // AVX, the bounds of MPX and their settings, AVX-512 (masks, upper halves, upper registers), a part that only the kernel sees, protection keys.
    private static readonly StatePart[] Usual =
        [new(576, 256), new(960, 64), new(1024, 64), new(1088, 64), new(1152, 512), new(1664, 1024), default, new(2688, 8)];

    /// <summary>The state in the layout that debuggers know; <paramref name="partOf"/> says where this processor has a part.</summary>
    public static byte[] ForDebuggers(byte[] state, Func<int, StatePart> partOf)
    {
        if (state.Length <= HeaderEnd)
        {
            return state;
        }
        ulong enabled = BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(EnabledAt));
        // Parts behind those that have a usual place came with processors that keep to it.
        if (enabled >> (FirstPart + Usual.Length) != 0)
        {
            return state;
        }
        byte[] usual = state.AsSpan(0, HeaderEnd).ToArray();
        for (int i = 0; i < Usual.Length; i++)
        {
            if ((enabled >> (FirstPart + i) & 1) == 0 || Usual[i].Size == 0)
            {
                continue;
            }
            StatePart there = partOf(FirstPart + i);
            if (there.Size != Usual[i].Size || there.Offset < HeaderEnd || there.Offset > state.Length - there.Size)
            {
                return state;
            }
            Array.Resize(ref usual, Usual[i].Offset + Usual[i].Size);
            state.AsSpan(there.Offset, there.Size).CopyTo(usual.AsSpan(Usual[i].Offset));
        }
        return usual;
    }
}
