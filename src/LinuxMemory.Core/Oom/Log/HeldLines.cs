namespace LinuxMemory;

/// <summary>The lines that wait, in the order in which they began: where the log names callers, one of each.</summary>
internal sealed class HeldLines
{
    private const int Most = 4;

    private readonly List<HeldLine> _waiting = [];
    private readonly Stack<HeldLine> _free = [];

    /// <summary>True when a line waits.</summary>
    public bool Any => _waiting.Count > 0;

    /// <summary>True when there is no place for another line.</summary>
    public bool IsFull => _waiting.Count == Most;

    /// <summary>True when the next line goes on with one of them and was added to it.</summary>
    public bool TryJoin(KernelMessage next)
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].TryJoin(next, isNewest: i == _waiting.Count - 1))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Takes out the oldest line that is whole when the next has come; null when there is none. It is valid until a line is kept.</summary>
    public HeldLine? TakeWhole(KernelMessage next)
    {
        for (int i = 0; i < _waiting.Count; i++)
        {
            if (!_waiting[i].CanWaitFor(next))
            {
                return Take(i);
            }
        }
        return null;
    }

    /// <summary>Takes out the oldest line; there must be one.</summary>
    public HeldLine TakeOldest() => Take(0);

    /// <summary>Keeps a line.</summary>
    public void Keep(KernelMessage message, bool isLearning)
    {
        HeldLine line = _free.TryPop(out HeldLine? free) ? free : new HeldLine();
        line.Set(message, isLearning);
        _waiting.Add(line);
    }

    private HeldLine Take(int index)
    {
        HeldLine line = _waiting[index];
        _waiting.RemoveAt(index);
        _free.Push(line);
        return line;
    }
}
