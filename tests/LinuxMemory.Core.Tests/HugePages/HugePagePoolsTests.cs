using LinuxMemory.Fixtures;

namespace LinuxMemory.Core.Tests;

public class HugePagePoolsTests
{
    public static TheoryData<string> Machines => [.. Fixture.Names];

    [Theory, MemberData(nameof(Machines))]
    public void Pools_of_all_sizes_are_meminfos_Hugetlb(string machine)
    {
        MemInfo memory = MemInfoFile.Read(Fixture.Machine(machine));

        Assert.Equal(memory.Hugetlb ?? 0, HugePagePools.Read(Fixture.Machine(machine)).Where(pool => pool.Node is null).Sum(pool => pool.Bytes));
    }

    [Theory, MemberData(nameof(Machines))]
    public void Pools_of_the_nodes_are_the_machines(string machine)
    {
        HugePagePool[] pools = [.. HugePagePools.Read(Fixture.Machine(machine))];
        Assert.SkipUnless(pools.Any(pool => pool.Node is not null), "a machine without nodes");

        foreach (HugePagePool whole in pools.Where(pool => pool.Node is null))
        {
            HugePagePool[] nodes = [.. pools.Where(pool => pool.Node is not null && pool.PageSize == whole.PageSize)];
            Assert.Equal(whole.Total, nodes.Sum(pool => pool.Total));
            Assert.Equal(whole.Free, nodes.Sum(pool => pool.Free));
            Assert.All(nodes, pool => Assert.Null(pool.Reserved));
        }
    }

    [Fact]
    public void A_mount_says_its_page_size_and_limits()
    {
        HugePageMount[] mounts = [.. HugePageMount.Read(Fixture.Machine("6.12.117+deb12-amd64-hugepages"))];

        Assert.NotEmpty(mounts);
        Assert.All(mounts, mount => Assert.True(mount.PageSize is 2 << 20 or 1 << 30));
    }
}
