using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>A process that a command is about: one that the user named, or one that was found when all were listed.</summary>
public sealed class ProcessTarget
{
    internal ProcessTarget(Machine machine, int id, object? item = null)
    {
        Machine = machine;
        Id = id;
        Item = item;
    }

    /// <summary>The machine that it runs on.</summary>
    public Machine Machine { get; }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>What the user named it by, an id or an object; null for a listed process, whose end is no error.</summary>
    public object? Item { get; }

    /// <summary>The mapping that the user named it by; null where it was named by something else, or by a mapping of another session.</summary>
    internal ProcessMemoryMapping? Mapping => (Item is PSObject wrapped ? wrapped.BaseObject : Item) as ProcessMemoryMapping;

    /// <summary>True when the user asked for exactly this process.</summary>
    public bool IsNamed => Item is not null;

    /// <summary>Holds its directory open: what is read through it is one process even when the id is used again.</summary>
    /// <exception cref="KernelException">It has ended, or it is hidden from us.</exception>
    public KernelDirectory Open() => ProcessList.Open(Machine, Id);

    /// <summary>True when an exception means that the process is not there any more, or is a zombie, whose files are empty or denied.</summary>
    internal bool HasEnded(Exception exception) => exception switch
    {
        MemoryErrorException { Error: { Id: not ErrorIds.ProcessNotFound, Exception: KernelException inner } } => HasEnded(inner),
        // In this order: what was still a zombie can be gone at the next look.
        KernelException e => ((e.IsAbsent || e.IsDenied || e.Errno == Errno.EINVAL) && IsZombie) || ((e.IsAbsent || e.Errno == Errno.EINVAL) && !ProcessList.Has(Machine, Id)),
        KernelFormatException => IsZombie || !ProcessList.Has(Machine, Id),
        _ => false,
    };

    /// <summary>True when it has ended and waits for its parent.</summary>
    internal bool IsZombie
    {
        get
        {
            try
            {
                using KernelDirectory directory = Open();
                return ProcessStatFile.Read(directory).IsZombie;
            }
            catch (Exception e) when (e is KernelException or KernelFormatException)
            {
                return false;
            }
        }
    }
}
