using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>What a careful person would say about the swap areas of a machine.</summary>
internal sealed class SwapWarnings(Machine machine, IReadOnlyList<SwapFacts> all)
{
    private const int OthersAccess = 0x3F; // 077

    // What a Resize-SwapFile needs while it runs, and leaves when it is killed.
    private const string Leftover = ".linuxmemory-";

    private readonly bool _hasZswap = machine.TryReadValue("sys/module/zswap/parameters/enabled") is "Y";

    /// <summary>The sentences about one area.</summary>
    public IEnumerable<string> Of(SwapFacts area) => [.. Security(area), .. Presence(area), .. Boot(area), .. Neighbours(area)];

    private static IEnumerable<string> Security(SwapFacts area)
    {
        if (area.Status is not FileStatus { Kind: FileKind.Regular } status)
        {
            yield break;
        }
        if ((status.Mode & OthersAccess) != 0)
        {
            yield return $"Others than root may open it (mode {Convert.ToString(status.Mode, 8).PadLeft(4, '0')}), and it holds what was in memory: chmod 0600 {area.Path}.";
        }
        if (status.UserId != 0)
        {
            yield return $"It belongs to user {status.UserId}, who can read what was in memory: chown 0:0 {area.Path}.";
        }
    }

    private IEnumerable<string> Presence(SwapFacts area)
    {
        if (area.Active is { IsDeleted: true })
        {
            yield return "The file was deleted while it was in use: it takes space until the machine restarts.";
            yield break;
        }
        if (System.IO.Path.GetFileName(area.Path) is string name && name.StartsWith('.') && name.Contains(Leftover, StringComparison.Ordinal))
        {
            yield return $"A Resize-SwapFile runs right now, or was killed and left this: in that case Remove-SwapFile {area.Path} removes it.";
        }
        if (area.Active is null && machine.HasKernel)
        {
            foreach (string reason in WhyNotUsable(area))
            {
                yield return reason;
            }
        }
    }

    private IEnumerable<string> WhyNotUsable(SwapFacts area)
    {
        if (area.Obstacle is Errno errno)
        {
            if (errno.IsAbsent() && area.Configured.Any(named => !named.IsNoAuto))
            {
                yield return "It is named to be enabled at boot, and it is not there.";
            }
            yield break;
        }
        if (area.Header is null)
        {
            yield return area.IsDamaged ? "Its header of a swap area is damaged: the kernel does not take it." : "It is no swap area: it has no header of one.";
            yield break;
        }
        if (area.Header.IsHibernated)
        {
            yield return "It holds a sleeping machine: making it anew would lose what was open.";
        }
        else if (area.Header.PageSize != machine.Calls.PageSize)
        {
            yield return $"It was made for pages of {area.Header.PageSize} bytes, which this kernel does not have.";
        }
        if (area.FileSystem is not null && SwapFileSystem.Named(area.FileSystem) is { Refusal: string refusal, Instead: string instead })
        {
            yield return $"It lies on {area.FileSystem}, which cannot hold a swap file: {refusal}. Use {instead}.";
        }
        foreach (string reason in Holes(area))
        {
            yield return reason;
        }
    }

    private IEnumerable<string> Holes(SwapFacts area)
    {
        if (area.Status is not FileStatus { Kind: FileKind.Regular } status)
        {
            return [];
        }
        try
        {
            using KernelFile file = machine.OpenArea(area.Path);
            return SwapExtents.Problem(machine, file, Math.Min(status.Size, area.Header!.Size)) is string problem
                ? [$"The kernel will refuse it: {problem}. Remove-SwapFile and New-SwapFile make one without."]
                : [];
        }
        catch (KernelException)
        {
            // It went, or it is not ours to see.
            return [];
        }
    }

    private static IEnumerable<string> Boot(SwapFacts area)
    {
        foreach (ConfiguredSwap named in area.Configured.Where(named => named is { IsNoFail: false, IsNoAuto: false, Entry: not null }))
        {
            yield return $"{named.Place} has no nofail: when the area is missing, the boot waits 90 seconds for it.";
        }
        foreach (ConfiguredSwap named in area.Configured.Where(named => !named.IsNoAuto && named.Priority is not null && area.Active is ActiveSwap now && now.Priority != named.Priority))
        {
            yield return $"{named.Place} gives it priority {named.Priority} at boot, and now it has {area.Active!.Priority}: change pri= in the one or the priority with Set-SwapArea.";
        }
        if (area.Configured.Count > 1)
        {
            yield return $"It is named {area.Configured.Count} times, and at boot all but the first fail: {string.Join(", ", area.Configured.Select(named => named.Place))}.";
        }
    }

    private IEnumerable<string> Neighbours(SwapFacts area)
    {
        if (area.Active is null)
        {
            yield break;
        }
        if (area.Kind == SwapAreaKind.Zram && _hasZswap)
        {
            yield return "zswap is on, too: pages are compressed twice on their way to zram. Set-Zswap -Enabled $false switches it off.";
        }
        SwapFacts[] others = [.. all.Where(other => other.Active is not null && other.Path != area.Path)];
        if (area.Kind != SwapAreaKind.Zram && others.Any(other => other.Kind == SwapAreaKind.Zram && other.Active!.Priority <= area.Active.Priority))
        {
            yield return "It is used before or beside zram, which is faster: give zram the higher priority.";
        }
        if (area.Disk is not null && others.FirstOrDefault(other => other.Disk == area.Disk) is SwapFacts twin)
        {
            yield return twin.Active!.Priority == area.Active.Priority
                ? $"{twin.Path} is on the same device and has the same priority: the kernel writes to both in turn, which makes one disk slower."
                : $"{twin.Path} is on the same device: two areas there are no faster than one.";
        }
    }
}
