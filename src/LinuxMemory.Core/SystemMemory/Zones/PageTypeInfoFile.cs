using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// /proc/pagetypeinfo, root only: "Node    0, zone   Normal, type      Movable   0   1 ...", free blocks by order. Headers
/// repeat for each node, and the second table, of whole page blocks, is passed over.
/// </summary>
public static class PageTypeInfoFile
{
    /// <summary>The free blocks of a machine by node, zone and order: for each migrate type their number.</summary>
    /// <exception cref="KernelException">The file is absent or denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyDictionary<(int Node, string Zone, int Order), IReadOnlyDictionary<string, long>> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelReader reader = machine.Read("proc/pagetypeinfo");
        return Parse(reader);
    }

    /// <summary>The free blocks in the file's text.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyDictionary<(int Node, string Zone, int Order), IReadOnlyDictionary<string, long>> Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Dictionary<(int, string, int), IReadOnlyDictionary<string, long>> found = [];
        List<long> blocks = [];
        while (reader.ReadLine(out KernelLine line))
        {
            // "Node 0, zone Normal  12 340 ..." without "type" is a line of the table of page blocks.
            if (!line.Text.StartsWith("Node"u8) || line.Text.IndexOf(", type "u8) < 0)
            {
                continue;
            }
            line.Expect("Node"u8);
            int node = line.TakeInt32();
            line.Expect(","u8);
            line.Expect("zone"u8);
            line.SkipBlanks();
            string zone = System.Text.Encoding.UTF8.GetString(line.TakeUntil((byte)','));
            line.Expect("type"u8);
            string type = line.TakeText();
            TakeCounts(ref line, blocks);
            for (int order = 0; order < blocks.Count; order++)
            {
                Types(found, (node, zone, order))[type] = blocks[order];
            }
        }
        return found;
    }

    // The kernel stops counting at 100,000 blocks and writes ">100000".
    private static void TakeCounts(ref KernelLine line, List<long> blocks)
    {
        blocks.Clear();
        while (!line.IsAtEnd)
        {
            line.TrySkip(">"u8);
            blocks.Add(line.TakeInt64());
        }
    }

    private static Dictionary<string, long> Types(
        Dictionary<(int, string, int), IReadOnlyDictionary<string, long>> found, (int, string, int) place)
    {
        if (!found.TryGetValue(place, out IReadOnlyDictionary<string, long>? types))
        {
            found[place] = types = new ReadableCounts();
        }
        return (Dictionary<string, long>)types;
    }
}
