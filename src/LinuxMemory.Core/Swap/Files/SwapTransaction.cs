using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>One step of a change that is made as a whole: what it is called, what it does, and what takes it back, also when it was done by halves.</summary>
internal sealed record SwapStep(string Text, Action Do, Action? Undo = null);

/// <summary>Steps that are made all or not at all.</summary>
internal static class SwapTransaction
{
    /// <summary>The sentence for the user, with a line for each step.</summary>
    public static string Describe(string what, IReadOnlyList<SwapStep> steps) =>
        what + ":" + string.Concat(steps.Select((step, index) => $"\n  {index + 1}. {step.Text}"));

    /// <summary>Makes the steps; when one fails, or the user stops, takes back those before it, newest first.</summary>
    /// <exception cref="KernelException">A step failed; the message says so when something could not be taken back.</exception>
    /// <exception cref="OperationCanceledException">The user stopped it, and all is as before.</exception>
    public static void Run(ChangeWatch watch, string activity, IReadOnlyList<SwapStep> steps)
    {
        int at = 0;
        try
        {
            for (; at < steps.Count; at++)
            {
                watch.Report(activity, steps[at].Text, at * 100 / steps.Count);
                steps[at].Do();
            }
        }
        catch (Exception e)
        {
            List<string> left = [];
            for (int i = Math.Min(at, steps.Count - 1); i >= 0; i--)
            {
                TakeBack(steps[i], left);
            }
            if (left.Count > 0)
            {
                throw new SwapRefusedException(SwapProblem.NotTakenBack, (e as KernelException)?.Errno ?? Errno.EINTR, (e as KernelException)?.Target ?? activity,
                    $"{e.Message.TrimEnd('.')}. Not everything could be taken back: {string.Join("; ", left)}.");
            }
            throw;
        }
        watch.Finish(activity);
    }

    private static void TakeBack(SwapStep step, List<string> left)
    {
        try
        {
            step.Undo?.Invoke();
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            left.Add($"'{step.Text}' stays done, since {e.Message.TrimEnd('.')}");
        }
    }
}
