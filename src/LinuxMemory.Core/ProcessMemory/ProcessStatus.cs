namespace LinuxMemory;

/// <summary>What /proc/PID/status says about a process's owner and memory. Bytes; a key that is not printed is null, as all sizes are for kernel threads and zombies.</summary>
public sealed class ProcessStatus
{
    private readonly long?[] _values;

    internal ProcessStatus(long?[] values) => _values = values;

    /// <summary>The real user id. Source: Uid, first number.</summary>
    public long RealUserId => _values[(int)ProcessStatusKey.RealUserId]!.Value;

    /// <summary>The effective user id, which ps and top show. Source: Uid, second number.</summary>
    public long EffectiveUserId => _values[(int)ProcessStatusKey.EffectiveUserId]!.Value;

    /// <summary>Bytes. Largest size of the address space so far. Source: VmPeak.</summary>
    public long? VmPeak => _values[(int)ProcessStatusKey.VmPeak];

    /// <summary>Bytes. Size of the address space. Source: VmSize.</summary>
    public long? VmSize => _values[(int)ProcessStatusKey.VmSize];

    /// <summary>Bytes locked in memory. Source: VmLck.</summary>
    public long? VmLck => _values[(int)ProcessStatusKey.VmLck];

    /// <summary>Bytes pinned for devices. Source: VmPin, since 3.2.</summary>
    public long? VmPin => _values[(int)ProcessStatusKey.VmPin];

    /// <summary>Bytes. Largest VmRSS so far. Source: VmHWM.</summary>
    public long? VmHWM => _values[(int)ProcessStatusKey.VmHWM];

    /// <summary>Bytes in memory: RssAnon + RssFile + RssShmem. Source: VmRSS.</summary>
    public long? VmRSS => _values[(int)ProcessStatusKey.VmRSS];

    /// <summary>Bytes in memory that no file backs. Source: RssAnon, since 4.5.</summary>
    public long? RssAnon => _values[(int)ProcessStatusKey.RssAnon];

    /// <summary>Bytes in memory that files back. Source: RssFile, since 4.5.</summary>
    public long? RssFile => _values[(int)ProcessStatusKey.RssFile];

    /// <summary>Bytes in memory of shared memory and tmpfs. Source: RssShmem, since 4.5.</summary>
    public long? RssShmem => _values[(int)ProcessStatusKey.RssShmem];

    /// <summary>Bytes of private writable mappings without the stack. Source: VmData.</summary>
    public long? VmData => _values[(int)ProcessStatusKey.VmData];

    /// <summary>Bytes of the main thread's stack. Source: VmStk.</summary>
    public long? VmStk => _values[(int)ProcessStatusKey.VmStk];

    /// <summary>Bytes of the program's code. Source: VmExe.</summary>
    public long? VmExe => _values[(int)ProcessStatusKey.VmExe];

    /// <summary>Bytes of shared libraries' code. Source: VmLib.</summary>
    public long? VmLib => _values[(int)ProcessStatusKey.VmLib];

    /// <summary>Bytes of page tables. Source: VmPTE.</summary>
    public long? VmPTE => _values[(int)ProcessStatusKey.VmPTE];

    /// <summary>Bytes of page tables of the second level, which VmPTE holds, too, since 4.15. Source: VmPMD, from 4.0 to 4.14.</summary>
    public long? VmPMD => _values[(int)ProcessStatusKey.VmPMD];

    /// <summary>Bytes in swap, without shared memory. Source: VmSwap.</summary>
    public long? VmSwap => _values[(int)ProcessStatusKey.VmSwap];

    /// <summary>Bytes of hugetlb pages, which no other number counts. Source: HugetlbPages, since 4.4.</summary>
    public long? HugetlbPages => _values[(int)ProcessStatusKey.HugetlbPages];
}

/// <summary>What is kept of the file: two user ids and the keys in the order in which kernels print them.</summary>
internal enum ProcessStatusKey
{
    RealUserId,
    EffectiveUserId,
    VmPeak,
    VmSize,
    VmLck,
    VmPin,
    VmHWM,
    VmRSS,
    RssAnon,
    RssFile,
    RssShmem,
    VmData,
    VmStk,
    VmExe,
    VmLib,
    VmPTE,
    VmPMD,
    VmSwap,
    HugetlbPages,
}
