using LinuxMemory.Kernel;

namespace LinuxMemory.Fixtures;

/// <summary>A kernel that writes down what it is asked to do, and does nothing.</summary>
public sealed class RecordingCalls : SystemCalls
{
    private readonly Dictionary<(int, int), LimitPair> _limits = [];

    public List<string> Made { get; } = [];

    public override int PageSize => 4096;

    public override Errno Probe(ProbedCall call) => Errno.None;

    public override void Sync() => Made.Add("sync");

    internal override void DropCachedPages(KernelFile file) => Made.Add($"posix_fadvise {file.Name}");

    internal override CachedPages? CountCachedPages(KernelFile file) => new CachedPages(Made.Count == 0 ? 5 : 0, 0);

    internal override KernelFile HoldProcess(int id) => KernelFile.None;

    internal override bool IsHeld(KernelFile process) => true;

    internal override LimitPair ReadLimit(int id, int resource) => _limits.GetValueOrDefault((id, resource), new LimitPair(8 << 20, LimitPair.Unlimited));

    internal override void WriteLimit(int id, int resource, LimitPair limit)
    {
        Made.Add($"prlimit {id} {resource} {limit.Soft} {limit.Hard}");
        _limits[(id, resource)] = limit;
    }

    internal override long MovePages(int id, IReadOnlyCollection<int> from, IReadOnlyCollection<int> to)
    {
        Made.Add($"migrate_pages {id} {string.Join(',', from)} {string.Join(',', to)}");
        return 3;
    }

    internal override long Advise(KernelFile process, ulong address, ulong length, int advice)
    {
        Made.Add($"process_madvise {address:x} {length} {advice}");
        return (long)length;
    }
}
