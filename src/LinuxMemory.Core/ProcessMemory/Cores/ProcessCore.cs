using System.Diagnostics;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A core that was written. Sizes are bytes.</summary>
public sealed record ProcessCore
{
    /// <summary>The process id.</summary>
    public required int Id { get; init; }

    /// <summary>The name as Get-Process gives it.</summary>
    public required string Name { get; init; }

    /// <summary>The absolute path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Threads in it.</summary>
    public required int Threads { get; init; }

    /// <summary>Threads that did not stop in time, such as those that wait for a device or for a child of vfork: their registers are not in it.</summary>
    public required int ThreadsWithoutRegisters { get; init; }

    /// <summary>Bytes of the file, holes included.</summary>
    public required long Size { get; init; }

    /// <summary>Bytes of memory that were written.</summary>
    public required long Written { get; init; }

    /// <summary>True when the process was stopped as long as its memory was copied.</summary>
    public required bool IsFrozen { get; init; }

    /// <summary>How long its threads were stopped.</summary>
    public required TimeSpan Stopped { get; init; }

    /// <summary>How long all of it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>
    /// Writes the core of a process whose directory is held open into a new file that only its owner may read. The threads are
    /// stopped while their registers and stacks are read, and with <paramref name="freeze"/> until all memory is copied. Nothing is left
    /// of a file that could not be finished. Null kinds mean what debuggers need: all but what is unchanged in its file.
    /// </summary>
    /// <exception cref="KernelException">The file exists (EEXIST), its place is denied or full, the process has ended, or tracing it is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ProcessCore Write(Machine machine, KernelDirectory process, string path, IReadOnlyCollection<ProcessMemoryKind>? kinds, bool freeze, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(path);
        if (!machine.IsLive)
        {
            throw new NeedsLiveMachineException("ptrace");
        }
        ProcessStat stat = ProcessStatFile.Read(process);
        byte[] program = ProcessProgram.Header(process);
        using CoreFile file = CoreFile.Create(machine, path);
        try
        {
            ProcessCore core = Fill(machine, process, stat, path, program, file.File, kinds, freeze, stopping);
            file.Finish();
            return core;
        }
        catch (KernelException e) when (file.Named(e) != e)
        {
            throw file.Named(e);
        }
    }

    private static ProcessCore Fill(
        Machine machine, KernelDirectory process, ProcessStat stat, string path, byte[] program, KernelFile file, IReadOnlyCollection<ProcessMemoryKind>? kinds, bool freeze, CancellationToken stopping)
    {
        long begin = Stopwatch.GetTimestamp();
        string name = ProcessName.Read(process, stat);
        using ProcessContents contents = ProcessContents.Open(machine, process, stat.Id);
        using ProcessPages pages = ProcessPages.Open(machine, process);
        // Flags and kinds stand in smaps, for which the kernel walks over all pages: too long for threads that stand still.
        Task<CoreDetails> details = Task.Run(() => new CoreDetails(ProcessMemoryMap.Read(process, stat, name, fast: false)), CancellationToken.None);
        ThreadHold? hold = null;
        try
        {
            hold = ThreadHold.Take(machine, process, stat.Id);
            List<ProcessMemoryMapping> mappings = [.. ProcessMemoryMap.Read(process, stat, name, fast: true)];
            StackSnapshots stacks = StackSnapshots.Take(contents, pages, hold.Threads, mappings);
            TimeSpan stopped = hold.Held;
            if (!freeze)
            {
                hold.Dispose();
            }
            CoreNotes notes = new(CoreLayout.Of(program));
            notes.Describe(process);
            notes.AddThreads(hold.Threads, stat);
            notes.AddFiles(process, mappings, contents.PageSize);
            CorePlan plan = new(pages, kinds, contents.PageSize)
            {
                Details = details.GetAwaiter().GetResult(),
                Loader = kinds is null ? [] : LoaderPages.Of(process, contents, CoreLayout.Of(program)),
                StackPointers = [.. hold.Threads.Select(thread => thread.StackPointer).OfType<ulong>()],
            };
            List<CoreSegment> segments = [.. plan.Segments(mappings)];
            CoreHeaders headers = CoreHeaders.Make(program, segments, notes.Bytes, contents.PageSize);
            FileCalls.Truncate(file, headers.End);
            FileCalls.WriteAt(file, headers.Bytes, 0);
            CoreCopy copy = new(machine.Calls, contents, pages, file, stopping);
            copy.Copy(segments.Where(segment => segment.HasContent));
            stacks.Write(file, segments);
            return new ProcessCore
            {
                Id = stat.Id,
                Name = name,
                Path = path,
                Threads = hold.Threads.Count,
                ThreadsWithoutRegisters = hold.Threads.Count(thread => thread.Registers.Count == 0),
                Size = headers.End,
                Written = copy.Written,
                IsFrozen = freeze,
                Stopped = freeze ? hold.Held : stopped,
                Duration = Stopwatch.GetElapsedTime(begin),
            };
        }
        finally
        {
            hold?.Dispose();
            // It reads in the directory, which the caller gives back.
            Task.WaitAny([details], CancellationToken.None);
        }
    }
}
