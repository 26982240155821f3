using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The .swap units of a machine as systemd finds them. Source: systemd.unit(5).</summary>
public static class SwapUnits
{
    private const string Suffix = ".swap";

    // Of several files with one name the first directory's counts.
    private static readonly string[] Directories =
    [
        "etc/systemd/system.control", "run/systemd/system.control", "run/systemd/transient", "run/systemd/generator.early",
        "etc/systemd/system", "run/systemd/system", "run/systemd/generator",
        "usr/local/lib/systemd/system", "usr/lib/systemd/system", "lib/systemd/system", "run/systemd/generator.late",
    ];

    /// <summary>Every unit but those that are masked, by name.</summary>
    public static IReadOnlyList<SwapUnit> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ConfigurationFiles files = new(machine);
        SortedDictionary<string, SwapUnit?> units = new(StringComparer.Ordinal);
        foreach (string directory in Directories)
        {
            foreach (string name in Names(machine, directory).Where(name => name.EndsWith(Suffix, StringComparison.Ordinal)))
            {
                if (!units.ContainsKey(name))
                {
                    units.Add(name, Read(machine, files, directory, name));
                }
            }
        }
        return [.. units.Values.OfType<SwapUnit>()];
    }

    // An empty file, or a link to /dev/null, masks the unit.
    private static SwapUnit? Read(Machine machine, ConfigurationFiles files, string directory, string name)
    {
        string path = $"{directory}/{name}";
        using KernelReader? reader = files.Open(path);
        if (reader is null || IsMask(machine, path))
        {
            return null;
        }
        SwapUnit unit = SwapUnitFile.Parse(reader, new SwapUnit { Name = name, File = machine.Locate(path) });
        foreach (string dropIn in DropIns(machine, name))
        {
            using KernelReader? more = files.Open(dropIn);
            unit = more is null ? unit : SwapUnitFile.Parse(more, unit);
        }
        return unit with { IsEnabled = IsWanted(machine, name) };
    }

    private static bool IsMask(Machine machine, string path)
    {
        try
        {
            return machine.ReadLink(path) == "/dev/null";
        }
        catch (KernelException)
        {
            return false;
        }
    }

    // "swap.d" is for all units of the kind, "NAME.swap.d" for one; the files of all directories count in the order of their names.
    private static IEnumerable<string> DropIns(Machine machine, string name)
    {
        Dictionary<string, string> first = new(StringComparer.Ordinal);
        foreach (string folder in new[] { $"{name}.d", "swap.d" })
        {
            foreach (string directory in Directories)
            {
                foreach (string file in Names(machine, $"{directory}/{folder}").Where(file => file.EndsWith(".conf", StringComparison.Ordinal)))
                {
                    first.TryAdd(file, $"{directory}/{folder}/{file}");
                }
            }
        }
        return first.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value);
    }

    private static bool IsWanted(Machine machine, string name) => Directories.Any(directory => Names(machine, directory)
        .Where(entry => entry.EndsWith(".wants", StringComparison.Ordinal) || entry.EndsWith(".requires", StringComparison.Ordinal))
        .Any(wants => Names(machine, $"{directory}/{wants}").Contains(name)));

    private static IReadOnlyList<string> Names(Machine machine, string directory)
    {
        try
        {
            return machine.List(directory);
        }
        catch (KernelException)
        {
            // Not there, or not ours to see.
            return [];
        }
    }
}
