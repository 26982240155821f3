using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// All threads of a process, stopped, with their registers read; they run on when this is disposed of. A thread of ours traces them,
/// and the kernel lets go of whatever a thread traces when it ends, for whatever reason: also when we are killed.
/// </summary>
internal sealed class ThreadHold : IDisposable
{
    // A thread that waits for a device cannot stop before the device answers, and one on a busy machine not before its turn.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Machine _machine;
    private readonly KernelDirectory _process;
    private readonly int _id;
    private readonly Dictionary<int, int?> _signals = [];
    private readonly List<HeldThread> _threads = [];
    private readonly Thread _tracer;
    private readonly ManualResetEventSlim _isTaken = new();
    private readonly ManualResetEventSlim _isReleased = new();
    private long _start;
    private ExceptionDispatchInfo? _error;
    private bool _isDisposed;

    private ThreadHold(Machine machine, KernelDirectory process, int id)
    {
        _machine = machine;
        _process = process;
        _id = id;
        _tracer = new Thread(Trace) { IsBackground = true, Name = "tracer" };
    }

    /// <summary>The threads, the first one first. One that did not stop in time has no registers.</summary>
    public IReadOnlyList<HeldThread> Threads => _threads;

    /// <summary>How long they have been held.</summary>
    public TimeSpan Held => Stopwatch.GetElapsedTime(_start);

    /// <summary>Stops all threads of a process.</summary>
    /// <exception cref="KernelException">The process has ended, or tracing it is denied.</exception>
    public static ThreadHold Take(Machine machine, KernelDirectory process, int id)
    {
        ThreadHold hold = new(machine, process, id);
        hold._tracer.Start();
        hold._isTaken.Wait();
        if (hold._error is not null)
        {
            hold.Dispose();
            hold._error.Throw();
        }
        return hold;
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }
        _isDisposed = true;
        _isReleased.Set();
        _tracer.Join();
        _isTaken.Dispose();
        _isReleased.Dispose();
    }

    private void Trace()
    {
        try
        {
            if (ProcessStatFile.Read(_process).ParentId == Environment.ProcessId)
            {
                _machine.Calls.WithoutNewsOfChildren(StopAll);
            }
            else
            {
                StopAll();
            }
            foreach ((int thread, int? signal) in _signals.OrderBy(one => one.Key != _id).ThenBy(one => one.Key))
            {
                _threads.Add(signal is null ? new HeldThread(thread, [], null) : new HeldThread(thread, Registers(thread), StackPointer(thread)));
            }
            _isTaken.Set();
            _isReleased.Wait();
        }
        catch (Exception e) when (e is KernelException or KernelFormatException)
        {
            _error = ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            foreach ((int thread, int? signal) in _signals.Where(one => one.Value is not null))
            {
                _machine.Calls.Detach(thread, signal!.Value);
            }
            _isTaken.Set();
        }
    }

    // A thread that runs can start another; when all that are there stand still, none can come.
    private void StopAll()
    {
        _start = Stopwatch.GetTimestamp();
        long deadline = _start + (long)(Patience.TotalSeconds * Stopwatch.Frequency);
        while (true)
        {
            int[] found = [.. _process.ListNumbers("task").Where(thread => !_signals.ContainsKey(thread) && TrySeize(thread))];
            if (found.Length == 0)
            {
                return;
            }
            foreach (int thread in found)
            {
                _signals[thread] = null;
                _machine.Calls.Interrupt(thread);
            }
            Await(found, deadline);
        }
    }

    private bool TrySeize(int thread)
    {
        Errno errno = _machine.Calls.Seize(thread);
        return errno switch
        {
            Errno.None => true,
            Errno.ESRCH => false,
            // A thread that has ended while others run on cannot be traced, and has nothing to show.
            Errno.EPERM when IsDead(thread) => false,
            _ => throw Refused(errno),
        };
    }

    private void Await(int[] threads, long deadline)
    {
        HashSet<int> waiting = [.. threads];
        for (int round = 0; waiting.Count > 0 && (round == 0 || Stopwatch.GetTimestamp() < deadline); round++)
        {
            foreach (int thread in waiting.ToArray())
            {
                TracedState state = _machine.Calls.StateOf(thread, out int signal);
                if (state == TracedState.Stopped)
                {
                    _signals[thread] = signal;
                }
                else if (state == TracedState.Gone)
                {
                    _signals.Remove(thread);
                }
                if (state != TracedState.Running)
                {
                    waiting.Remove(thread);
                }
            }
            if (waiting.Count > 0)
            {
                Thread.Sleep(round < 10 ? 0 : 1);
            }
        }
    }

    private List<(uint Set, byte[] Bytes)> Registers(int thread) =>
        [.. RegisterSets.Of(RuntimeInformation.ProcessArchitecture)
            .Select(set => (Set: set, Bytes: _machine.Calls.ReadRegisters(thread, set)))
            .Where(one => one.Bytes is { Length: > 0 }).Select(one => (one.Set, one.Set == RegisterSets.X86Extended ? ExtendedState.ForDebuggers(one.Bytes!, _machine.Calls.StatePartOf) : one.Bytes!))];

    private ulong? StackPointer(int thread)
    {
        try
        {
            using KernelReader reader = _process.Read(string.Create(CultureInfo.InvariantCulture, $"task/{thread}/syscall"));
            return ThreadStackPointers.Parse(reader);
        }
        catch (KernelException e) when (e.IsAbsent || e.IsDenied)
        {
            return null;
        }
    }

    private bool IsDead(int thread)
    {
        try
        {
            using KernelReader reader = _process.Read(string.Create(CultureInfo.InvariantCulture, $"task/{thread}/stat"));
            return ProcessStatFile.Parse(reader).IsZombie;
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return true;
        }
    }

    private KernelException Refused(Errno errno)
    {
        using KernelReader status = _process.Read(_process.Living("status"));
        while (status.ReadLine(out KernelLine line))
        {
            if (line.TrySkip("TracerPid:"u8) && line.TakeInt32() is int tracer and > 0)
            {
                return new KernelException(Errno.EBUSY, "ptrace", string.Create(CultureInfo.InvariantCulture, $"process {_id} (process {tracer} traces it already, such as a debugger)"));
            }
        }
        return new KernelException(errno, "ptrace", string.Create(CultureInfo.InvariantCulture, $"process {_id}"));
    }
}

/// <summary>A thread that stands still: its registers by the kinds of notes in core dumps, and its stack pointer.</summary>
internal sealed record HeldThread(int Id, IReadOnlyList<(uint Set, byte[] Bytes)> Registers, ulong? StackPointer);

/// <summary>The sets of registers that a core dump keeps, by the numbers of linux/elf.h. The first two are the same everywhere.</summary>
internal static class RegisterSets
{
    public const uint General = 1;
    public const uint FloatingPoint = 2;

    public const uint X86Extended = 0x202;
    private const uint X86Fxsr = 0x46e62b7f;
    private const uint X86Tls = 0x200;
    private const uint ArmTls = 0x401;
    private const uint ArmScalable = 0x405;
    private const uint ArmPointerAuthentication = 0x406;

    public static uint[] Of(Architecture architecture) => architecture switch
    {
        // Of the last two a program of 64 bits has none.
        Architecture.X64 => [General, FloatingPoint, X86Extended, X86Fxsr, X86Tls],
        Architecture.Arm64 => [General, FloatingPoint, ArmTls, ArmScalable, ArmPointerAuthentication],
        _ => [General, FloatingPoint],
    };
}
