namespace LinuxMemory.Kernel;

/// <summary>
/// What can be asked of a kernel beside its files. This class refuses everything, as it must for a tree of files;
/// <see cref="LinuxSystemCalls"/> asks this computer's kernel, one call a file.
/// </summary>
public class SystemCalls
{
    /// <summary>True when the kernel knows the call of that name, tried with arguments that can do nothing.</summary>
    public virtual bool Has(ProbedCall call) => throw new NeedsLiveMachineException(call.ToString());

    /// <summary>The size of a page in bytes. Source: sysconf(_SC_PAGESIZE).</summary>
    public virtual int PageSize => throw new NeedsLiveMachineException("getpagesize");

    /// <summary>The effective user id of this process. Source: geteuid(2).</summary>
    public virtual int EffectiveUserId => throw new NeedsLiveMachineException("geteuid");
}
