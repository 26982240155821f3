using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Blocks on the device for a swap file.</summary>
internal static class SwapBlocks
{
    private const int ZeroesAtOnce = 4 << 20;

    // So that Ctrl-C is heard also where this takes long.
    private const long AllocatedAtOnce = 16L << 30;

    /// <summary>Gives a part of a file blocks; writes zeroes where the file system cannot do it otherwise.</summary>
    public static void Allocate(Machine machine, KernelFile file, long start, long end, ChangeWatch watch)
    {
        for (long at = start; at < end; at += AllocatedAtOnce)
        {
            watch.Stopping.ThrowIfCancellationRequested();
            try
            {
                machine.Calls.Allocate(file, at, Math.Min(AllocatedAtOnce, end - at));
            }
            catch (KernelException e) when (e.Errno == Errno.EOPNOTSUPP && at == start)
            {
                WriteZeroes(file, start, end, watch);
                return;
            }
        }
    }

    /// <summary>Makes sure that no part of the file is a hole, shared, inline or delayed.</summary>
    /// <exception cref="SwapRefusedException">One is.</exception>
    public static void Prove(Machine machine, KernelFile file, long size)
    {
        try
        {
            if (SwapExtents.Problem(machine.Calls.Extents(file), size) is string problem)
            {
                throw new SwapRefusedException(SwapProblem.PlaceUnsuitable, Errno.EINVAL, file.Name,
                    $"The file system did not give the file blocks of its own: {problem}. The kernel would refuse it: choose a directory on another file system.");
            }
        }
        catch (KernelException e) when (e.Errno is Errno.EOPNOTSUPP or Errno.ENOTTY)
        {
            // The file system cannot say; the kernel looks for holes itself when the area is enabled.
        }
    }

    private static void WriteZeroes(KernelFile file, long start, long end, ChangeWatch watch)
    {
        byte[] zeroes = new byte[Math.Min(ZeroesAtOnce, end - start)];
        for (long at = start; at < end; at += zeroes.Length)
        {
            watch.Report("Writing zeroes", $"{ByteText.Of(at - start)} of {ByteText.Of(end - start)}", (int)((at - start) * 99.0 / (end - start)));
            FileCalls.WriteAt(file, zeroes.AsSpan(0, (int)Math.Min(zeroes.Length, end - at)), at);
        }
        watch.Report("Writing zeroes", "done", 100);
    }
}
