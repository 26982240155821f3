namespace LinuxMemory;

/// <summary>
/// How a pool is made larger: in steps, because the kernel stops at the first page that it cannot make; where a step brings
/// nothing, memory is compacted and the step tried once more, and as long as it grows it goes on.
/// </summary>
internal sealed class HugePageGrowth
{
    private readonly long _step;

    /// <summary>Steps of at most 256 MiB: between them somebody may stop us, and see how far it is.</summary>
    public HugePageGrowth(long pageSize) => _step = Math.Max(1, (256L << 20) / pageSize);

    /// <summary>Asks the kernel for a number of pages and says how many there are then.</summary>
    public required Func<long, long> Ask { get; init; }

    /// <summary>Moves free memory together.</summary>
    public required Action Compact { get; init; }

    /// <summary>Told how many pages there are after each step.</summary>
    public Action<long> Report { get; init; } = _ => { };

    /// <summary>How often memory was compacted.</summary>
    public int Compactions { get; private set; }

    /// <summary>Goes from one number of pages to another; the number that was reached.</summary>
    public long Run(long now, long wanted, CancellationToken stopping)
    {
        if (wanted <= now)
        {
            return Ask(wanted);
        }
        bool isCompacted = false;
        while (now < wanted && !stopping.IsCancellationRequested)
        {
            long reached = Ask(Math.Min(wanted, now + _step));
            if (reached > now)
            {
                now = reached;
                isCompacted = false;
                Report(now);
            }
            else if (isCompacted)
            {
                break;
            }
            else
            {
                Compact();
                Compactions++;
                isCompacted = true;
            }
        }
        return now;
    }
}
