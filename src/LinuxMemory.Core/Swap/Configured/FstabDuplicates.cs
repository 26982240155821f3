using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Lines of /etc/fstab that are about one thing: of two for a swap area the second fails at boot.</summary>
public static class FstabDuplicates
{
    /// <summary>
    /// Groups of two and more lines that name one swap area, by whatever path or tag, or one mount point; in the order of the
    /// file. An area's UUID comes from udev's links, or from <paramref name="uuidOf"/>, which is asked for the area at a path.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<FstabEntry>> Find(Machine machine, IReadOnlyList<FstabEntry> entries, Func<string, string?>? uuidOf = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        List<(HashSet<string> Names, List<FstabEntry> Lines)> groups = [];
        foreach (FstabEntry entry in entries)
        {
            HashSet<string> names = NamesOf(machine, entry, uuidOf);
            // A line may join groups that nothing joined before.
            List<(HashSet<string> Names, List<FstabEntry> Lines)> same = groups.FindAll(group => group.Names.Overlaps(names));
            groups.RemoveAll(same.Contains);
            groups.Add(([.. names, .. same.SelectMany(group => group.Names)], [.. same.SelectMany(group => group.Lines), entry]));
        }
        return [.. groups.Where(group => group.Lines.Count > 1).Select(group => group.Lines.OrderBy(line => line.Line).ToList()).OrderBy(group => group[0].Line)];
    }

    private static HashSet<string> NamesOf(Machine machine, FstabEntry entry, Func<string, string?>? uuidOf)
    {
        if (!entry.IsSwap)
        {
            return entry.MountPoint == "none" ? [] : ["mount " + entry.MountPoint];
        }
        FstabSource source = entry.Names;
        HashSet<string> names = [$"{source.Kind} {(source.Kind is FstabSourceKind.Uuid or FstabSourceKind.PartUuid ? source.Value.ToLowerInvariant() : source.Value)}"];
        if (source.Resolve(machine) is string path)
        {
            names.Add($"{FstabSourceKind.Path} {path}");
            if (uuidOf?.Invoke(path) is string uuid)
            {
                names.Add($"{FstabSourceKind.Uuid} {uuid.ToLowerInvariant()}");
            }
        }
        return names;
    }
}
