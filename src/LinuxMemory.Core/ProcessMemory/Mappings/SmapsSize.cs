using System.Runtime.CompilerServices;

namespace LinuxMemory;

/// <summary>The keys of smaps that are sizes, in the order in which kernels print them; the names are the properties of <see cref="ProcessMemoryMapping"/>.</summary>
internal enum SmapsSize
{
    Size,
    KernelPageSize,
    MmuPageSize,
    Rss,
    Pss,
    PssDirty,
    SharedClean,
    SharedDirty,
    PrivateClean,
    PrivateDirty,
    Referenced,
    Anonymous,
    Ksm,
    LazyFree,
    AnonHugePages,
    ShmemPmdMapped,
    FilePmdMapped,
    SharedHugetlb,
    PrivateHugetlb,
    Swap,
    SwapPss,
    Locked,
}

/// <summary>A size for each key and which of them the kernel printed, inside the object that has it: no array, no nullables.</summary>
internal struct SmapsSizes
{
    internal const int Count = (int)SmapsSize.Locked + 1;

    private Bytes _bytes;
    private uint _present;

    public readonly long? this[SmapsSize key] => (_present & (1u << (int)key)) != 0 ? _bytes[(int)key] : null;

    /// <summary>A bit for each key that is there.</summary>
    public readonly uint Present => _present;

    /// <summary>Keeps a size; false when there is one already.</summary>
    public bool TryAdd(int key, long bytes)
    {
        uint bit = 1u << key;
        if ((_present & bit) != 0)
        {
            return false;
        }
        _present |= bit;
        _bytes[key] = bytes;
        return true;
    }

    [InlineArray(Count)]
    private struct Bytes
    {
        private long _first;
    }
}
