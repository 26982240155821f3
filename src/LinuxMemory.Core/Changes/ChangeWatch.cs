namespace LinuxMemory;

/// <summary>Who waits for a change: told how far it is, and able to end it.</summary>
/// <param name="Report">Told of the activity, what it is at, and the percentage; 100 ends it. Throws where the change is to end.</param>
/// <param name="Stopping">Cancelled when the change is to end and to take back what it did.</param>
public sealed record ChangeWatch(Action<string, string, int> Report, CancellationToken Stopping)
{
    /// <summary>Nobody.</summary>
    public static ChangeWatch None { get; } = new((_, _, _) => { }, CancellationToken.None);

    /// <summary>Says that an activity is over. Whoever wants to stop now stops too late.</summary>
    public void Finish(string activity)
    {
        try
        {
            Report(activity, "done", 100);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
