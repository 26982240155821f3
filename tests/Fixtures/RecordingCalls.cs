using LinuxMemory.Kernel;

namespace LinuxMemory.Fixtures;

/// <summary>A kernel that writes down what it is asked to do, and does nothing.</summary>
public sealed class RecordingCalls : SystemCalls
{
    public List<string> Made { get; } = [];

    public override int PageSize => 4096;

    public override Errno Probe(ProbedCall call) => Errno.None;

    public override void Sync() => Made.Add("sync");

    internal override void DropCachedPages(KernelFile file) => Made.Add($"posix_fadvise {file.Name}");

    internal override CachedPages? CountCachedPages(KernelFile file) => new CachedPages(Made.Count == 0 ? 5 : 0, 0);
}
