using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What a trial showed: available, and otherwise why not.</summary>
internal readonly record struct Finding(bool? IsAvailable, string? Reason = null);

/// <summary>The harmless trials by which features of a machine are found. None looks at the kernel's version.</summary>
internal sealed class MemoryCapabilityProbe(Machine machine)
{
    private static readonly Finding Available = new(true);

    // The number that the kernel gives its first user namespace (PROC_USER_INIT_INO).
    private const string FirstUserNamespace = "user:[4026531837]";

    /// <summary>A file that can be opened for reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="why">Why a kernel lacks it.</param>
    /// <param name="needs">What opens it when it is denied.</param>
    /// <param name="above">A directory that a tree must hold for the file's absence to mean anything.</param>
    public Finding Opens(string path, string why, string needs, string above) => Try(path, why, needs, above, () => machine.Read(path).Dispose());

    /// <summary>A text file whose first line can be read: some are there and refuse only then.</summary>
    public Finding Reads(string path, string why, string needs, string above) => Try(path, why, needs, above, () =>
    {
        using KernelReader reader = machine.Read(path);
        reader.ReadLine(out _);
    });

    /// <summary>A directory that has an entry with a name that begins like this.</summary>
    public Finding Holds(string path, string start, string why, string above)
    {
        bool any = false;
        Finding found = Try(path, why, "root", above, () => any = machine.List(path).Any(name => name.StartsWith(start, StringComparison.Ordinal)));
        return found.IsAvailable == true && !any ? new Finding(false, $"{machine.Locate(path)} has no {start}*: {why}") : found;
    }

    /// <summary>A file that can be opened for writing, of which trees hold nothing.</summary>
    public Finding Writes(string path, string why, string needs) =>
        Ask(calls => calls.ProbeWritable(path), $"this kernel has no {machine.Locate(path)}: {why}", needs);

    /// <summary>A system call.</summary>
    public Finding Call(ProbedCall call, string name) =>
        Ask(calls => calls.Probe(call), $"this kernel does not have the system call {name}", "a seccomp filter that lets it through");

    /// <summary>Anything else that only a kernel can answer.</summary>
    public Finding Ask(Func<SystemCalls, Errno> trial, string absent, string needs)
    {
        try
        {
            return trial(machine.Calls) switch
            {
                Errno.None => Available,
                Errno.EPERM or Errno.EACCES => Denied(needs),
                Errno.ENOSYS or Errno.ENOTTY or Errno.ENOENT or Errno.EOPNOTSUPP => new Finding(false, absent),
                Errno other => new Finding(false, $"refused: {other.Describe()}"),
            };
        }
        catch (NeedsLiveMachineException)
        {
            return NoKernel("only the running kernel can answer");
        }
        catch (KernelException e)
        {
            return new Finding(false, e.IsDenied ? $"denied: {e.Message}" : e.Message);
        }
    }

    /// <summary>A bit or a number in the pagemap entry of a present page of this process.</summary>
    public Finding Pagemap(ulong mask, Finding without)
    {
        ulong entry = 0;
        Finding asked = Ask(calls =>
        {
            entry = calls.ProbePagemap();
            return Errno.None;
        }, "", "");
        return asked.IsAvailable == true && (entry & mask) == 0 ? without : asked;
    }

    /// <summary>A capability of this process that the kernel counts for the whole machine.</summary>
    public Finding Privilege(int bit, string name)
    {
        if (!machine.IsLive)
        {
            return NoKernel("it has no process of ours");
        }
        using KernelReader reader = machine.Read("proc/self/status");
        return ((EffectiveCapabilities.Parse(reader) >> bit) & 1) == 0 ? Denied(name) : Namespace(name);
    }

    private Finding Namespace(string name)
    {
        // Inside a user namespace root has every capability, and the kernel asks for those of the first namespace.
        string? space = machine.Exists("proc/self/ns/user") ? machine.ReadLink("proc/self/ns/user") : null;
        return space is null or FirstUserNamespace ? Available : Denied($"{name} outside of this user namespace");
    }

    /// <summary>A line of a text file that begins or ends like this.</summary>
    public Finding Lists(string path, ReadOnlySpan<byte> text, string absent)
    {
        using KernelReader? reader = machine.TryRead(path);
        if (reader is null)
        {
            return machine.IsLive ? new Finding(false, absent) : NotHeld(path);
        }
        while (reader.ReadLine(out KernelLine line))
        {
            if (line.Text.IndexOf(text) >= 0)
            {
                return Available;
            }
        }
        return new Finding(false, absent);
    }

    /// <summary>The machine that is asked.</summary>
    public Machine Machine => machine;

    /// <summary>The answer for what a tree does not hold.</summary>
    public static Finding NotHeld(string path) => new(null, $"a tree of files cannot tell: it does not hold {path}");

    private static Finding Denied(string needs) => new(false, $"denied: needs {needs}");

    private static Finding NoKernel(string why) => new(null, $"a tree of files cannot tell: {why}");

    private Finding Try(string path, string why, string needs, string above, Action trial)
    {
        try
        {
            trial();
            return Available;
        }
        catch (KernelException e) when (e.IsDenied)
        {
            return Denied(needs);
        }
        catch (KernelException e) when (e.IsAbsent)
        {
            return machine.IsLive || machine.Exists(above)
                ? new Finding(false, $"this kernel has no {machine.Locate(path)}: {why}")
                : NotHeld(above);
        }
        catch (KernelException e)
        {
            return new Finding(false, e.Message);
        }
    }
}
