using System.Buffers.Binary;

namespace LinuxMemory.Core.Tests;

public class ExtendedStateTests
{
    // Sizes and places of AVX, AVX-512 and protection keys as CPUID of an AMD processor of the fourth generation tells them.
    private static readonly Dictionary<int, StatePart> Amd = new()
    {
        [2] = new(576, 256), [5] = new(832, 64), [6] = new(896, 512), [7] = new(1408, 1024), [9] = new(2432, 8),
    };

    private static readonly Dictionary<int, StatePart> Usual = new()
    {
        [2] = new(576, 256), [5] = new(1088, 64), [6] = new(1152, 512), [7] = new(1664, 1024), [9] = new(2688, 8),
    };

    [Theory]
    [InlineData(0b0000_0111, 832)]
    [InlineData(0b1110_0111, 2688)]
    [InlineData(0b10_1110_0111, 2696)]
    [InlineData(0b10_0000_0111, 2696)]
    public void Each_part_comes_to_where_debuggers_look_for_it(int enabled, int size)
    {
        byte[] state = State(enabled, Amd, 2440);

        byte[] usual = ExtendedState.ForDebuggers(state, part => Amd[part]);

        Assert.Equal(size, usual.Length);
        Assert.Equal(state[..576], usual[..576]);
        Assert.All(Usual.Where(part => (enabled >> part.Key & 1) != 0), part =>
            Assert.All(usual[part.Value.Offset..(part.Value.Offset + part.Value.Size)], one => Assert.Equal(part.Key, one)));
    }

    [Fact]
    public void What_is_laid_out_so_already_stays_as_it_is()
    {
        byte[] state = State(0b10_1110_0111, Usual, 2696);

        Assert.Equal(state, ExtendedState.ForDebuggers(state, part => Usual[part]));
    }

    [Fact]
    public void What_is_not_known_stays_as_it_is()
    {
        byte[] tiles = State(0b110_0000_0010_1110_0111, Amd, 2440);
        byte[] avx = State(0b0000_0111, Amd, 832);

        Assert.Same(tiles, ExtendedState.ForDebuggers(tiles, part => Amd[part]));
        Assert.Same(avx, ExtendedState.ForDebuggers(avx, _ => default));
        Assert.Same(avx, ExtendedState.ForDebuggers(avx, _ => new StatePart(577, 256)));
        Assert.Same(avx, ExtendedState.ForDebuggers(avx, _ => new StatePart(-1, 256)));
        Assert.Empty(ExtendedState.ForDebuggers([], _ => default));
        byte[] old = new byte[576];
        Assert.Same(old, ExtendedState.ForDebuggers(old, _ => default));
    }

    // Each byte of a part is the part's number.
    private static byte[] State(int enabled, Dictionary<int, StatePart> places, int size)
    {
        byte[] state = new byte[size];
        state.AsSpan(0, 160).Fill(0xfe);
        BinaryPrimitives.WriteInt64LittleEndian(state.AsSpan(464), enabled);
        foreach ((int part, StatePart place) in places.Where(part => (enabled >> part.Key & 1) != 0 && part.Value.Offset + part.Value.Size <= size))
        {
            state.AsSpan(place.Offset, place.Size).Fill((byte)part);
        }
        return state;
    }
}
