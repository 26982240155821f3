using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// A process that something is done to by its id. It is held by pidfd and by its directory: a process that came to the same id since
/// the change was planned is never taken for it.
/// </summary>
internal sealed class HeldProcess : IDisposable
{
    private readonly Machine _machine;
    private readonly KernelFile _handle;

    private HeldProcess(Machine machine, int id, KernelFile handle, KernelDirectory directory)
    {
        _machine = machine;
        _handle = handle;
        Id = id;
        Directory = directory;
    }

    public int Id { get; }

    public KernelDirectory Directory { get; }

    /// <summary>The pidfd, for calls that take one.</summary>
    public KernelFile Handle => _handle;

    /// <summary>Takes hold of a process; with the ticks at which it started, of no other.</summary>
    /// <exception cref="KernelException">It has ended, or another process has its id now (ESRCH).</exception>
    public static HeldProcess Open(Machine machine, int id, long? startTicks = null)
    {
        RequireOwnIds(machine, id);
        KernelFile handle = Hold(machine, id);
        KernelDirectory? directory = null;
        try
        {
            directory = ProcessList.Open(machine, id);
            ProcessStat stat = ProcessStatFile.Read(directory);
            HeldProcess process = new(machine, id, handle, directory);
            // The directory is the pidfd's process if that still has its id.
            return (startTicks ?? stat.StartTicks) == stat.StartTicks && machine.Calls.IsHeld(handle) ? process : throw Gone(id);
        }
        catch
        {
            directory?.Dispose();
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Makes a call that takes the id. That the process still has its id afterwards proves that it had it all the time.</summary>
    /// <exception cref="KernelException">The call was refused, or the process ended and the call may have met another one (ESRCH).</exception>
    public T Do<T>(Func<T> call)
    {
        T result = call();
        return _machine.Calls.IsHeld(_handle) ? result : throw Gone(Id);
    }

    public void Dispose()
    {
        Directory.Dispose();
        _handle.Dispose();
    }

    // nsenter -p and unshare -p leave the old /proc there: its process 300 is not the one that the kernel means by 300.
    private static void RequireOwnIds(Machine machine, int id)
    {
        if (machine.IsLive && machine.ReadLink("proc/self") != Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
        {
            throw new KernelException(Errno.EINVAL, "pidfd_open", string.Create(CultureInfo.InvariantCulture,
                $"process {id} ({machine.Locate("proc")} shows the ids of another PID namespace: enter its mount namespace, too, as nsenter -m does, or mount it anew)"));
        }
    }

    private static KernelFile Hold(Machine machine, int id)
    {
        try
        {
            return machine.Calls.HoldProcess(id);
        }
        catch (KernelException e) when (e is not NeedsLiveMachineException && ProcessOfThread(machine, id) is int process)
        {
            // The kernel says ENOENT, and EINVAL before 6.9.
            throw new KernelException(Errno.EINVAL, e.Operation, string.Create(CultureInfo.InvariantCulture, $"process {id} (a thread of process {process}: give that id)"));
        }
    }

    // Null for what is no thread beside the first one of its process.
    private static int? ProcessOfThread(Machine machine, int id)
    {
        try
        {
            using KernelDirectory directory = ProcessList.Open(machine, id);
            using KernelReader status = directory.Read("status");
            while (status.ReadLine(out KernelLine line))
            {
                if (line.TrySkip("Tgid:"u8))
                {
                    return line.TakeInt32() is int process && process != id ? process : null;
                }
            }
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            // It has ended.
        }
        return null;
    }

    private static KernelException Gone(int id) =>
        new(Errno.ESRCH, "pidfd_send_signal", string.Create(CultureInfo.InvariantCulture, $"process {id} (it ended, or another process has that id now)"));
}
