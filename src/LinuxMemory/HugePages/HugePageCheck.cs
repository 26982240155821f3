using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>What is looked at before a pool of huge pages is changed: the size, the node, and whether the rest of the machine can live.</summary>
internal static class HugePageCheck
{
    /// <summary>The page size that is meant, which must be one that the machine has; null on an image that cannot tell its default.</summary>
    /// <exception cref="MemoryErrorException">There are no such pages.</exception>
    public static long? Size(Machine machine, long? given)
    {
        long[] sizes = [.. HugePagePools.Read(machine).Where(pool => pool.Node is null).Select(pool => pool.PageSize)];
        long? size = given ?? HugePagePools.DefaultSize(machine);
        if (!machine.HasKernel && sizes.Length == 0)
        {
            return size is null or > 0 && (size ?? 0) % 1024 == 0 ? size : throw HugePageErrors.NoSuchSize(size!.Value, [4096]);
        }
        return size is null && sizes.Length > 0 ? throw HugePageErrors.NoDefaultSize()
            : size is long known && sizes.Contains(known) ? known
            : throw HugePageErrors.NoSuchSize(size ?? 0, sizes);
    }

    /// <summary>Looks for a node and its memory.</summary>
    /// <exception cref="MemoryErrorException">There is no such node, or it has no memory.</exception>
    public static void Node(Machine machine, int id)
    {
        if (!NumaNodes.AreShown(machine) && !machine.HasKernel)
        {
            // An image before its first boot.
            return;
        }
        NumaNode[] nodes = NumaNodes.AreShown(machine) ? [.. NumaNodes.Read(machine)] : [];
        NumaNode node = nodes.FirstOrDefault(node => node.Id == id) ?? throw HugePageErrors.NoSuchNode(id, nodes.Select(node => node.Id));
        if (node.HasMemory == false)
        {
            throw HugePageErrors.NoMemory(id);
        }
    }

    /// <summary>The same change, grave where it takes more than half of what is available.</summary>
    /// <exception cref="MemoryErrorException">It takes more than can be had.</exception>
    public static HugePagePoolChange Weigh(Machine machine, HugePagePoolChange change, long pages, bool isForced)
    {
        HugePagePool pool = HugePagePools.Read(machine).First(pool => pool.Node == change.Node && pool.PageSize == change.PageSize);
        MemInfo memory = MemInfoFile.Read(machine);
        NumaNode? node = change.Node is int id ? NumaNodes.Read(machine).First(node => node.Id == id) : null;
        string place = node is null ? "the machine" : $"node {node.Id}";
        long? total = node is null ? memory.MemTotal : node.Total;
        // A node does not say what is available; what is free or page cache comes near.
        long? available = node is null ? memory.MemAvailable ?? memory.MemFree : node.Free + (node.FilePages ?? 0);
        // Surplus pages are there already, and become ordinary ones first.
        Int128 more = ((Int128)pages - pool.Total) * change.PageSize;
        long size = (long)Int128.Clamp(more, 0, long.MaxValue);
        if (more + pool.Bytes > (total ?? long.MaxValue))
        {
            throw HugePageErrors.TooLarge(size, total, place, canForce: false);
        }
        if (more > (available ?? long.MaxValue) && !isForced)
        {
            throw HugePageErrors.TooLarge(size, available, place, canForce: true);
        }
        return available > 0 && more > available / 2
            ? change with
            {
                IsGrave = !isForced,
                Caution = $"The pool takes {Display.Size(size)} more, {Display.Percent(100.0 * size / available)} % of the {Display.Size(available)} that {place} has available. "
                    + "Huge pages serve only programs that ask for them; everything else must live in the rest, or is killed.",
            }
            : change;
    }
}
