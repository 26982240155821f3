using System.Runtime.ExceptionServices;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What came of reading one process: its memory, nothing for a kernel thread that is not wanted, or why it failed.</summary>
public readonly record struct ProcessMemoryReading
{
    private readonly ProcessMemory? _memory;
    private readonly Exception? _error;

    internal ProcessMemoryReading(ProcessMemory? memory) => _memory = memory;

    internal ProcessMemoryReading(Exception error) => _error = error;

    /// <summary>The memory; null for a kernel thread that is not wanted.</summary>
    /// <exception cref="KernelException">There is no such process, or it ended while it was read.</exception>
    /// <exception cref="KernelFormatException">One of its files is cut or garbled.</exception>
    public ProcessMemory? Get()
    {
        if (_error is not null)
        {
            ExceptionDispatchInfo.Throw(_error);
        }
        return _memory;
    }
}
