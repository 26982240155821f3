using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class SlabInfoFileTests
{
    public static TheoryData<string> Machines => [.. Fixture.Names];

    [Theory, MemberData(nameof(Machines))]
    public void All_caches_together_are_the_machines_slab_memory(string machine)
    {
        Machine captured = Fixture.Machine(machine);
        long slab = MemInfoFile.Read(captured).Slab!.Value;

        // meminfo also counts large kmalloc blocks in some kernels, and the two were not read at one moment.
        Assert.InRange(SlabInfoFile.Read(captured).Sum(cache => cache.Size), slab * 8 / 10, slab * 12 / 10);
    }

    [Theory]
    [InlineData("")]
    [InlineData("slabinfo - version: 2.1\n")]
    [InlineData("slabinfo - version: 3.0\n# name\n")]
    [InlineData("slabinfo - version: 2.1\n# name\ndentry 1 2 3\n")]
    [InlineData("slabinfo - version: 2.1\n# name\ndentry 1 2 3 4 9223372036854775807 : tunables 0 0 0 : slabdata 5 9223372036854775807 0\n")]
    public void A_cut_or_garbled_file_is_refused(string text) => Assert.Throws<KernelFormatException>(() =>
        SlabInfoFile.Parse(KernelReader.Over("/proc/slabinfo", System.Text.Encoding.UTF8.GetBytes(text)), 4096).ToList());
}
