namespace LinuxMemory.Kernel;

public partial class SystemCalls
{
    /// <summary>Begins to trace a thread without stopping it; what the kernel says. Only the calling thread may go on with it, and its end lets all go. Source: PTRACE_SEIZE.</summary>
    internal virtual Errno Seize(int thread) => throw new NeedsLiveMachineException("ptrace");

    /// <summary>
    /// Does something while this process gets no signal when a child stops or ends, and one afterwards. At such a signal the runtime asks for
    /// the state of all children, and takes a child of its own that was stopped to be traced for one that has ended. Source: sigaction(2).
    /// </summary>
    internal virtual void WithoutNewsOfChildren(Action action) => throw new NeedsLiveMachineException("sigaction");

    /// <summary>Asks a traced thread to stop. Source: PTRACE_INTERRUPT.</summary>
    internal virtual void Interrupt(int thread) => throw new NeedsLiveMachineException("ptrace");

    /// <summary>Whether a traced thread has stopped, without waiting. Source: waitid(2) with WNOHANG.</summary>
    internal virtual TracedState StateOf(int thread, out int signal) => throw new NeedsLiveMachineException("waitid");

    /// <summary>A set of registers of a stopped thread as the kernel keeps it in core dumps; null where the processor has no such set. Source: PTRACE_GETREGSET.</summary>
    internal virtual byte[]? ReadRegisters(int thread, uint set) => throw new NeedsLiveMachineException("ptrace");

    /// <summary>Where the processor keeps a part of its extended state. Source: CPUID, leaf 13.</summary>
    internal virtual StatePart StatePartOf(int part) => throw new NeedsLiveMachineException("cpuid");

    /// <summary>Lets a stopped thread run on, with the signal that it was about to get. Source: PTRACE_DETACH.</summary>
    internal virtual void Detach(int thread, int signal) => throw new NeedsLiveMachineException("ptrace");
}

/// <summary>How a traced thread is.</summary>
internal enum TracedState
{
    Running,
    Stopped,
    Gone,
}
