using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>An area that is held open while it is taken into use or out of it, so that it stays the one that was looked at.</summary>
internal sealed class SwapAreaHold(Machine machine, KernelFile file, string path) : IDisposable
{
    private bool _isEnabledByUs;

    public KernelFile File => file;

    /// <summary>Where it is, as /proc/swaps shows it.</summary>
    public string Path => path;

    /// <summary>What /proc/swaps says of it; null when it is not in use.</summary>
    public ActiveSwap? State => SwapAreaCalls.Find(machine, path);

    public void Enable(int? priority, SwapDiscard discard)
    {
        SwapAreaCalls.Enable(machine, file, path, priority, discard);
        _isEnabledByUs = true;
    }

    /// <summary>Makes sure that it is in use now.</summary>
    public ActiveSwap RequireInUse() => State ?? throw new SwapRefusedException(SwapProblem.AreaInvalid, Errno.EINVAL, path,
        $"The kernel accepted {path}, and {machine.Locate(SwapsFile.FilePath)} does not show it.");

    public void Disable(ChangeWatch watch)
    {
        SwapAreaCalls.Disable(machine, file, path, watch);
        _isEnabledByUs = false;
    }

    /// <summary>Takes it out of use again when it was taken into use here.</summary>
    public void TakeBack()
    {
        if (_isEnabledByUs)
        {
            Disable(ChangeWatch.None);
        }
    }

    public void Dispose() => file.Dispose();
}
