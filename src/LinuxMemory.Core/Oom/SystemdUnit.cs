using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The systemd unit that a process belongs to, as its cgroup says, and where a lasting setting of it goes.</summary>
public sealed record SystemdUnit
{
    private SystemdUnit()
    {
    }

    /// <summary>The unit's name, such as "ssh.service"; null when the process belongs to none.</summary>
    public string? Name { get; private init; }

    /// <summary>Why nothing lasting can be set for it; null when it can.</summary>
    public string? Obstacle { get; private init; }

    /// <summary>Our drop-in, from the machine's root.</summary>
    public string DropIn => $"etc/systemd/system/{Name}.d/90-linuxmemory.conf";

    /// <summary>The unit of a process.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    /// <exception cref="KernelFormatException">Its cgroup file is cut or garbled.</exception>
    public static SystemdUnit Of(Machine machine, int id)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelDirectory process = ProcessList.Open(machine, id);
        using KernelReader reader = process.Read("cgroup");
        IReadOnlyList<CgroupMembership> groups = CgroupFile.Parse(reader);
        string path = (groups.FirstOrDefault(group => group.Controllers == "name=systemd") ?? groups.FirstOrDefault(group => group.Hierarchy == 0))?.Path ?? "/";
        // Units can make groups below their own, so the last name that is a unit's counts.
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string? unit = parts.LastOrDefault(part => part.EndsWith(".service", StringComparison.Ordinal) || part.EndsWith(".scope", StringComparison.Ordinal));
        string? name = unit?.TrimStart('_');
        return new SystemdUnit { Name = name, Obstacle = name is null ? $"no systemd unit owns it (its cgroup is {path})" : ObstacleFor(machine, parts, name, "OOMScoreAdjust") };
    }

    /// <summary>The unit whose own group a cgroup is; <paramref name="property"/> is what is to be set.</summary>
    public static SystemdUnit OfGroup(Machine machine, string group, string property)
    {
        ArgumentNullException.ThrowIfNull(machine);
        string? name = CgroupUnit.Of(group);
        return new SystemdUnit
        {
            Name = name,
            Obstacle = name is null ? "no systemd unit owns it"
                : !CgroupUnit.IsOwn(group) ? $"{name} makes and owns the groups below its own"
                : ObstacleFor(machine, group.Split('/'), name, property),
        };
    }

    private static string? ObstacleFor(Machine machine, string[] parts, string name, string property)
    {
        if (name.EndsWith(".scope", StringComparison.Ordinal))
        {
            return $"{name} is a scope, which systemd forgets when its processes have ended";
        }
        if (parts.Any(part => part.StartsWith("user@", StringComparison.Ordinal)) && !name.StartsWith("user@", StringComparison.Ordinal))
        {
            return $"{name} belongs to a user's own systemd; set {property}= in that user's ~/.config/systemd/user/{name}.d";
        }
        return machine.Exists($"run/systemd/transient/{name}") ? $"{name} was made by systemd-run and is gone after a restart" : null;
    }
}
