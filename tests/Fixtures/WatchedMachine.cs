using LinuxMemory.Kernel;

namespace LinuxMemory.Fixtures;

/// <summary>This computer's processes, with a word before and after each thing that is asked of the kernel; what is written elsewhere goes to a tree.</summary>
public static class WatchedMachine
{
    /// <summary>The machine. <paramref name="step"/> is told what comes next, or has just been; <paramref name="root"/> takes the journal.</summary>
    public static Machine Over(string root, Action<string> step) => Machine.Over(new WatchedFiles(root, step), new WatchedCalls(step));
}

/// <summary>The files of this computer's processes, and those of a tree for everything else.</summary>
internal sealed class WatchedFiles(string root, Action<string> step) : MachineFiles
{
    private readonly TreeFiles _tree = new(root);
    private readonly LiveFiles _live = new();

    public override string Root => _tree.Root;

    public override KernelFile Open(string path) => Watch(path, () => For(path).Open(path));

    public override KernelFile OpenIn(KernelFile directory, string path) => Watch(path, () => _live.OpenIn(directory, path));

    public override KernelFile? TryOpenIn(KernelFile directory, string path) => Watch(path, () => _live.TryOpenIn(directory, path));

    public override KernelFile OpenForWriting(string path) => Watch(path, () => For(path).OpenForWriting(path));

    public override KernelFile OpenForWritingIn(KernelFile directory, string path) => Watch(path, () => _live.OpenForWritingIn(directory, path));

    public override KernelFile OpenDirectory(string path) => Watch(path, () => For(path).OpenDirectory(path));

    public override KernelFile OpenDirectoryIn(KernelFile directory, string path) => Watch(path, () => _live.OpenDirectoryIn(directory, path));

    public override KernelFile OpenPath(string path) => Watch(path, () => For(path).OpenPath(path));

    public override KernelFile OpenLink(string path) => Watch(path, () => For(path).OpenLink(path));

    private MachineFiles For(string path) => path == "proc" || path.StartsWith("proc/", StringComparison.Ordinal) || path.StartsWith("sys/", StringComparison.Ordinal) ? _live : _tree;

    private T Watch<T>(string path, Func<T> open)
    {
        step($"open {path}");
        T opened = open();
        step($"opened {path}");
        return opened;
    }
}

/// <summary>What processes are asked through this computer's kernel.</summary>
internal sealed class WatchedCalls(Action<string> step) : SystemCalls
{
    private static SystemCalls Real => Machine.Live.Calls;

    public override int PageSize => Real.PageSize;

    public override int EffectiveUserId => 0;

    public override Errno Probe(ProbedCall call) => Real.Probe(call);

    public override Errno ProbePageScan() => Real.ProbePageScan();

    public override Errno ProbeMapQuery() => Real.ProbeMapQuery();

    public override ulong ProbePagemap() => Real.ProbePagemap();

    internal override int ScanPages(KernelFile pagemap, ulong start, ulong end, ulong categories, PageRegion[] regions, out ulong walked)
    {
        step("PAGEMAP_SCAN");
        return Real.ScanPages(pagemap, start, end, categories, regions, out walked);
    }

    internal override long? QueryPageSize(KernelFile maps, ulong address) => Watch("PROCMAP_QUERY", () => Real.QueryPageSize(maps, address));

    internal override KernelFile HoldProcess(int id) => Watch("pidfd_open", () => Real.HoldProcess(id));

    internal override bool IsHeld(KernelFile process) => Watch("pidfd_send_signal", () => Real.IsHeld(process));

    internal override int ReadMemory(int id, ulong address, Span<byte> buffer)
    {
        step("process_vm_readv");
        return Real.ReadMemory(id, address, buffer);
    }

    internal override LimitPair ReadLimit(int id, int resource) => Watch("prlimit", () => Real.ReadLimit(id, resource));

    internal override void WriteLimit(int id, int resource, LimitPair limit)
    {
        step("prlimit");
        Real.WriteLimit(id, resource, limit);
    }

    internal override long MovePages(int id, IReadOnlyCollection<int> from, IReadOnlyCollection<int> to) => Watch("migrate_pages", () => Real.MovePages(id, from, to));

    internal override long Advise(KernelFile process, ulong address, ulong length, int advice) => Watch("process_madvise", () => Real.Advise(process, address, length, advice));

    internal override KernelFile CreateUnnamed(KernelFile directory, int mode) => Watch("O_TMPFILE", () => Real.CreateUnnamed(directory, mode));

    internal override void GiveName(KernelFile file, KernelFile directory, string name) => Watch("linkat", () =>
    {
        Real.GiveName(file, directory, name);
        return name;
    });

    internal override FileSystemStatus FileSystemOf(KernelFile file) => Watch("fstatfs", () => Real.FileSystemOf(file));

    internal override void RenameToFree(KernelFile directory, string from, string to) => Watch("renameat2", () =>
    {
        Real.RenameToFree(directory, from, to);
        return to;
    });

    internal override Errno Seize(int thread) => Watch("PTRACE_SEIZE", () => Real.Seize(thread));

    internal override void WithoutNewsOfChildren(Action action) => Real.WithoutNewsOfChildren(action);

    internal override void Interrupt(int thread)
    {
        step("PTRACE_INTERRUPT");
        Real.Interrupt(thread);
    }

    internal override TracedState StateOf(int thread, out int signal) => Real.StateOf(thread, out signal);

    internal override byte[]? ReadRegisters(int thread, uint set) => Watch("PTRACE_GETREGSET", () => Real.ReadRegisters(thread, set));

    internal override StatePart StatePartOf(int part) => Real.StatePartOf(part);

    internal override void Detach(int thread, int signal)
    {
        step("PTRACE_DETACH");
        Real.Detach(thread, signal);
    }

    private T Watch<T>(string call, Func<T> make)
    {
        step(call);
        T result = make();
        step(call + " done");
        return result;
    }
}
