using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// What stands in the memory of one process, read while it runs on: by process_vm_readv(2), or through /proc/PID/mem where that call is
/// missing or filtered. Safe to use from several threads.
/// </summary>
public sealed class ProcessContents : IDisposable
{
    // The entries of so many bytes are read from pagemap at once.
    private const ulong LookAhead = 2 << 20;

    private readonly Machine _machine;
    private readonly HeldProcess? _held;
    private readonly KernelDirectory _directory;
    private readonly Lazy<KernelFile> _mem;
    private readonly FillsOnDemand _onDemand;
    private volatile bool _usesMem;

    private ProcessContents(Machine machine, int id, KernelDirectory directory, HeldProcess? held)
    {
        _machine = machine;
        _directory = directory;
        _held = held;
        // The call finds memory only by a thread that lives; its file stays bound to the memory.
        _usesMem = held is null || directory.LivingThread is not null;
        _mem = new Lazy<KernelFile>(() => directory.Open(directory.Living("mem")));
        _onDemand = new FillsOnDemand(machine, directory);
        Id = id;
        PageSize = machine.Calls.PageSize;
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>Bytes in a page.</summary>
    public int PageSize { get; }

    /// <summary>Opens the memory of a process whose directory is held open by the caller as long as this is used.</summary>
    /// <exception cref="KernelException">The process has ended.</exception>
    /// <exception cref="NeedsLiveMachineException">The machine is a tree of files.</exception>
    public static ProcessContents Open(Machine machine, KernelDirectory process, int id)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(process);
        return new ProcessContents(machine, id, process, TryHold(machine, process, id));
    }

    /// <summary>
    /// Reads from an address on; how many bytes came before the first that cannot be read, 0 when nothing can be read there. What
    /// reading would wait for counts as such, see <see cref="Waits"/>.
    /// </summary>
    /// <exception cref="KernelException">The process has ended (ESRCH), or reading it is denied.</exception>
    public int Read(ulong address, Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }
        if (_onDemand.FirstIn(address, buffer.Length) is ulong waits)
        {
            if (waits == address)
            {
                return 0;
            }
            buffer = buffer[..(int)(waits - address)];
        }
        return ReadAtOnce(address, buffer);
    }

    /// <summary>The same where no program fills memory when it is touched, without a look at the pages.</summary>
    /// <exception cref="KernelException">The process has ended (ESRCH), or reading it is denied.</exception>
    internal int ReadAtOnce(ulong address, Span<byte> buffer)
    {
        if (!_usesMem)
        {
            try
            {
                int count = _machine.Calls.ReadMemory(Id, address, buffer);
                return _machine.Calls.IsHeld(_held!.Handle) ? count : throw new KernelException(Errno.ESRCH, "process_vm_readv", _held.Handle.Name);
            }
            catch (KernelException e) when (e.Errno is Errno.ENOSYS || (e.IsDenied && CanOpenMem()))
            {
                _usesMem = true;
            }
        }
        return ReadMem(address, buffer);
    }

    /// <summary>
    /// True for a page that a program fills when it is touched (userfaultfd) and has not filled yet: reading it would wait for that program.
    /// </summary>
    /// <exception cref="KernelException">The process has ended (ESRCH), or it is denied.</exception>
    public bool Waits(ulong address) => _onDemand.FirstIn(address, 1) is not null;

    /// <summary>
    /// Reads a stretch piece by piece, each a fresh array of at most so many bytes. Ends before the first byte that cannot be read.
    /// </summary>
    /// <exception cref="KernelException">The process has ended (ESRCH), or reading it is denied.</exception>
    public IEnumerable<(ulong Address, byte[] Bytes)> Stream(ulong start, ulong length, int mostBytes)
    {
        ulong next = start;
        // To the last byte of the address space there is one less than 2^64.
        ulong left = Math.Min(length, start == 0 ? ulong.MaxValue : ulong.MaxValue - start + 1);
        // Bytes from next on that reading would not wait for.
        ulong clear = 0;
        while (left > 0)
        {
            ulong size = Math.Min(left, (ulong)mostBytes);
            if (clear < size)
            {
                ulong ahead = Math.Min(left, Math.Max(size, LookAhead));
                clear = _onDemand.FirstIn(next, (int)ahead) is ulong waits ? waits - next : ahead;
                size = Math.Min(size, clear);
            }
            if (size == 0)
            {
                yield break;
            }
            byte[] bytes = GC.AllocateUninitializedArray<byte>((int)size);
            int count = ReadAtOnce(next, bytes);
            if (count == 0)
            {
                yield break;
            }
            yield return (next, count == bytes.Length ? bytes : bytes[..count]);
            if (count < bytes.Length)
            {
                yield break;
            }
            unchecked
            {
                next += size;
            }
            (left, clear) = (left - size, clear - size);
        }
    }

    /// <summary>Gives the descriptors back.</summary>
    public void Dispose()
    {
        _held?.Dispose();
        _onDemand.Dispose();
        if (_mem.IsValueCreated)
        {
            _mem.Value.Dispose();
        }
    }

    // Before 5.3 there is no pidfd; mem is bound to the process by itself.
    private static HeldProcess? TryHold(Machine machine, KernelDirectory process, int id)
    {
        try
        {
            return HeldProcess.Open(machine, id, ProcessStatFile.Read(process).StartTicks);
        }
        catch (KernelException e) when (e.Errno == Errno.ENOSYS && e is not NeedsLiveMachineException)
        {
            return null;
        }
    }

    private bool CanOpenMem()
    {
        try
        {
            return _mem.Value is not null;
        }
        catch (KernelException)
        {
            return false;
        }
    }

    private int ReadMem(ulong address, Span<byte> buffer)
    {
        if (address > long.MaxValue)
        {
            return 0;
        }
        try
        {
            int count = FileCalls.ReadAt(_mem.Value, buffer, (long)address);
            // The file ends when the process has.
            return count > 0 ? count : throw new KernelException(Errno.ESRCH, "pread", string.Create(CultureInfo.InvariantCulture, $"{_directory.Name}/mem"));
        }
        catch (KernelException e) when (e.Errno is Errno.EIO or Errno.EFAULT)
        {
            return 0;
        }
    }
}
