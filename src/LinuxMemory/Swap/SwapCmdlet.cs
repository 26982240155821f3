namespace LinuxMemory.Commands;

/// <summary>What the cmdlets share that change swap areas at paths.</summary>
public abstract class SwapCmdlet : ChangeCmdlet
{
    /// <summary>Does the work for each path; what fails is reported about that path, and the others follow.</summary>
    private protected void PerPath(IEnumerable<string> paths, Action<string> work)
    {
        foreach (string path in paths)
        {
            Shell.Stopping.ThrowIfCancellationRequested();
            PerItem(path, () => work(AbsolutePath(path)));
        }
    }

    // On a tree of files a path means the machine's, not this computer's.
    private string AbsolutePath(string path) => Machine.IsLive ? Shell.ResolvePath(path) : path;
}
