namespace LinuxMemory;

/// <summary>What a mapping is to the program that has it.</summary>
public enum ProcessMemoryKind
{
    /// <summary>Code of the program itself.</summary>
    Text,
    /// <summary>Constants of the program, and data that the loader made read-only after it had filled it in.</summary>
    ReadOnlyData,
    /// <summary>Variables of the program that start with a value.</summary>
    Data,
    /// <summary>Variables of the program that start as zero.</summary>
    Bss,
    /// <summary>The heap that brk moves: the kernel's [heap].</summary>
    Heap,
    /// <summary>The main thread's stack: the kernel's [stack].</summary>
    Stack,
    /// <summary>The stack of another thread.</summary>
    ThreadStack,
    /// <summary>Code of a library.</summary>
    LibraryText,
    /// <summary>Constants and relocated read-only data of a library.</summary>
    LibraryReadOnlyData,
    /// <summary>Variables of a library.</summary>
    LibraryData,
    /// <summary>Another file on a file system, private or shared.</summary>
    FileMapping,
    /// <summary>Memory made to be shared: POSIX, System V, memfd and shared anonymous memory.</summary>
    SharedMemory,
    /// <summary>Private memory without a file: large allocations, arenas, generated code, reserved address space.</summary>
    Anonymous,
    /// <summary>Pages of a huge page pool (hugetlb), not transparent huge pages.</summary>
    HugePage,
    /// <summary>System calls that the kernel runs in user space.</summary>
    Vdso,
    /// <summary>The data of the vdso.</summary>
    Vvar,
    /// <summary>The old form of the vdso, at a fixed address.</summary>
    Vsyscall,
    /// <summary>A small stretch that nobody may touch, so that overruns fault.</summary>
    Guard,
    /// <summary>Memory of a device.</summary>
    Device,
    /// <summary>Something else that the kernel gives a name, such as a ring buffer of perf or io_uring.</summary>
    Other,
}
