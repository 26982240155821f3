using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The swap areas of a machine: those in use, then those that files only name.</summary>
public static class SwapAreas
{
    /// <summary>Reads them.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="report">Told of each line of fstab that cannot be read; such a line is passed over.</param>
    /// <exception cref="KernelException">A file is denied.</exception>
    /// <exception cref="KernelFormatException">/proc/swaps is cut or garbled.</exception>
    public static IReadOnlyList<SwapArea> Read(Machine machine, Action<KernelFormatException> report)
    {
        ArgumentNullException.ThrowIfNull(machine);
        IReadOnlyList<ActiveSwap> active = SwapsFile.Read(machine);
        IReadOnlyList<ConfiguredSwap> configured = ConfiguredSwap.Read(machine, report);
        SwapFacts[] facts = [.. active.Select(area => SwapFacts.Of(machine, area.Path, area))];
        List<SwapFacts> all = [.. facts.Select(area => area with { Configured = [.. configured.Where(named => IsAbout(named, area))] })];
        foreach (ConfiguredSwap named in configured.Where(named => !all.Any(area => area.Configured.Contains(named))))
        {
            string path = named.Path ?? named.Source;
            int known = all.FindIndex(area => area.Path == path);
            if (known < 0)
            {
                all.Add(SwapFacts.Of(machine, path, null) with { Configured = [named] });
            }
            else
            {
                all[known] = all[known] with { Configured = [.. all[known].Configured, named] };
            }
        }
        SwapWarnings warnings = new(machine, all);
        return [.. all.Select(area => Area(area, warnings))];
    }

    /// <summary>The area at a path, also a swap file that is not in use and that nothing names.</summary>
    public static SwapArea At(Machine machine, string path)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return Read(machine, _ => { }).FirstOrDefault(area => area.Path == path) is SwapArea known ? known : Alone(machine, path);
    }

    private static SwapArea Alone(Machine machine, string path)
    {
        SwapFacts area = SwapFacts.Of(machine, path, null);
        return Area(area, new SwapWarnings(machine, [area]));
    }

    // A UUID or label means an area although udev's links are not there, as in a container.
    private static bool IsAbout(ConfiguredSwap named, SwapFacts area) => named.Path == area.Path || (named.Path is null && FstabSource.Of(named.Source) switch
    {
        { Kind: FstabSourceKind.Uuid, Value: string uuid } => uuid.Equals(area.Header?.Uuid, StringComparison.OrdinalIgnoreCase),
        { Kind: FstabSourceKind.Label, Value: string label } => label == area.Header?.Label,
        _ => false,
    });

    private static SwapArea Area(SwapFacts area, SwapWarnings warnings)
    {
        ConfiguredSwap? named = area.Configured.Count > 0 ? area.Configured[0] : null;
        return new SwapArea
        {
            Path = area.Path,
            Kind = area.Kind,
            Size = area.Active?.Size ?? (area.Header is SwapHeader header ? header.Size - ((1L + header.BadPages) * header.PageSize) : null),
            Used = area.Active?.Used ?? 0,
            Priority = area.Active?.Priority ?? named?.Priority,
            Uuid = area.Header?.Uuid,
            Label = area.Header?.Label,
            IsActive = area.Active is not null,
            PersistedBy = named?.Place,
            FileSystem = area.FileSystem,
            IsRotational = area.IsRotational,
            Warnings = new ReadableList<string>([.. warnings.Of(area)]),
        };
    }
}
