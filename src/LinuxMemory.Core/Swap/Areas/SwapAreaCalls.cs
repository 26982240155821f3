using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Areas taken into use and out of it, read back from /proc/swaps.</summary>
internal static class SwapAreaCalls
{
    // Flags of swapon(2), from the kernel's include/linux/swap.h.
    internal const int Prefer = 0x8000;
    internal const int Discards = 0x10000;
    internal const int DiscardsOnce = 0x20000;
    internal const int DiscardsPages = 0x40000;

    /// <summary>The area at a path; null when it is not in use.</summary>
    public static ActiveSwap? Find(Machine machine, string path) =>
        SwapsFile.Read(machine).FirstOrDefault(area => area.Path == path && !area.IsDeleted);

    /// <summary>Takes the file or device into use that is held open, whatever its path means by now.</summary>
    /// <exception cref="KernelException">The kernel refused.</exception>
    public static void Enable(Machine machine, KernelFile file, string path, int? priority, SwapDiscard discard)
    {
        try
        {
            machine.Calls.SwapOn(file.PathOfItself, FlagsOf(priority, discard));
        }
        catch (KernelException e) when (e.Errno == Errno.EPERM && machine.Calls.EffectiveUserId != 0)
        {
            throw new KernelException(e.Errno, "swapon", path);
        }
        catch (KernelException e)
        {
            throw new SwapRefusedException(SwapProblem.AreaInvalid, e.Errno, path, $"swapon {path}: {e.Errno.Describe()}{Reason(e.Errno)}.");
        }
    }

    /// <summary>Takes the area out of use that is held open, telling how far it is.</summary>
    /// <exception cref="SwapRefusedException">The kernel could not bring everything back.</exception>
    /// <exception cref="OperationCanceledException">The user stopped it; the area is in use as before.</exception>
    public static void Disable(Machine machine, KernelFile file, string path, ChangeWatch watch)
    {
        SwapOffProgress progress = new(machine, path, watch);
        bool isListed = Find(machine, path) is not null;
        OperationCanceledException? stopped = null;
        Errno result = machine.Calls.SwapOff(file.PathOfItself, () =>
        {
            try
            {
                progress.Report();
                return !watch.Stopping.IsCancellationRequested;
            }
            catch (OperationCanceledException e)
            {
                stopped = e;
                return false;
            }
        });
        progress.Finish();
        // The kernel can be through with it in the moment in which it is stopped.
        if (result == Errno.None || (result is Errno.EINTR or Errno.ENOMEM && isListed && Find(machine, path) is null))
        {
            return;
        }
        if (stopped is not null || watch.Stopping.IsCancellationRequested)
        {
            throw stopped ?? new OperationCanceledException(watch.Stopping);
        }
        if (result == Errno.EPERM)
        {
            throw new KernelException(result, "swapoff", path);
        }
        throw new SwapRefusedException(SwapProblem.NotBroughtBack, result, path, result == Errno.ENOMEM
            ? $"swapoff {path}: the kernel could not bring everything back to memory ({result}). The area is in use as before: free memory, or add another area first."
            : $"swapoff {path}: {result.Describe()}.");
    }

    private static int FlagsOf(int? priority, SwapDiscard discard) =>
        (priority is int value ? Prefer | value : 0) | discard switch
        {
            SwapDiscard.Once => Discards | DiscardsOnce,
            SwapDiscard.Pages => Discards | DiscardsPages,
            SwapDiscard.Both => Discards,
            _ => 0,
        };

    private static string Reason(Errno errno) => errno switch
    {
        Errno.EINVAL => ", so the file or device is none that it can swap to. Its log says why: dmesg | tail",
        Errno.EPERM => ": CAP_SYS_ADMIN is missing here, or all areas that the kernel can have (about 30) are taken",
        Errno.EBUSY => ": it is in use already, as swap or mounted",
        Errno.ETXTBSY => ": it is in use as swap already",
        _ => "",
    };
}
