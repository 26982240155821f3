namespace LinuxMemory.Core.Tests;

public class HugePageGrowthTests
{
    private const long Large = 2 << 20;

    private readonly List<long> _asked = [];

    [Fact]
    public void Grows_in_steps_of_a_quarter_GiB()
    {
        HugePageGrowth growth = Of(Large, limit: () => long.MaxValue);

        Assert.Equal(300, growth.Run(10, 300, TestContext.Current.CancellationToken));
        Assert.Equal([138L, 266, 300], _asked);
        Assert.Equal(0, growth.Compactions);
    }

    [Fact]
    public void Compacts_when_a_step_brings_nothing_and_goes_on_while_it_grows()
    {
        long limit = 50;
        HugePageGrowth growth = new(Large) { Ask = count => Ask(Math.Min(count, limit)), Compact = () => limit += limit < 70 ? 10 : 0 };

        Assert.Equal(70, growth.Run(0, 100, TestContext.Current.CancellationToken));
        // Three times nothing more came; after the third compaction nothing did either.
        Assert.Equal(3, growth.Compactions);
    }

    [Fact]
    public void Gives_up_after_one_compaction_in_vain()
    {
        HugePageGrowth growth = Of(Large, limit: () => 7);

        Assert.Equal(7, growth.Run(7, 100, TestContext.Current.CancellationToken));
        Assert.Equal(1, growth.Compactions);
    }

    [Fact]
    public void Pages_larger_than_a_step_come_one_by_one()
    {
        HugePageGrowth growth = Of(1L << 30, limit: () => 2);

        Assert.Equal(2, growth.Run(0, 4, TestContext.Current.CancellationToken));
        Assert.Equal([1L, 2, 3, 3], _asked);
    }

    [Fact]
    public void Shrinks_at_once()
    {
        HugePageGrowth growth = Of(Large, limit: () => long.MaxValue);

        Assert.Equal(0, growth.Run(1000, 0, TestContext.Current.CancellationToken));
        Assert.Equal([0L], _asked);
    }

    [Fact]
    public void Ends_where_it_is_when_it_is_stopped()
    {
        using CancellationTokenSource stop = new();
        HugePageGrowth growth = new(Large) { Ask = Ask, Compact = () => { }, Report = _ => stop.Cancel() };

        Assert.Equal(128, growth.Run(0, 1000, stop.Token));
    }

    private HugePageGrowth Of(long pageSize, Func<long> limit) => new(pageSize)
    {
        Ask = count =>
        {
            _asked.Add(count);
            return Math.Min(count, limit());
        },
        Compact = () => { },
    };

    private long Ask(long count)
    {
        _asked.Add(count);
        return count;
    }
}
