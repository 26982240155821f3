using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// /proc/zoneinfo: "Node 0, zone   Normal", then the node's counters under its first populated zone, "pages free 364738" and
/// the watermarks in pages, "protection: (0, 1999)", the zone's counters, and each CPU's lists.
/// </summary>
public static class ZoneInfoFile
{
    private enum Section { Zone, Node, Watermarks, Counters, PerCpu }

    /// <summary>Every zone of a machine, those without memory, too.</summary>
    /// <exception cref="KernelException">The file is absent or denied.</exception>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyList<MemoryZone> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        int pageSize = PageSize.Of(machine);
        using KernelReader reader = machine.Read("proc/zoneinfo");
        return Parse(reader, pageSize);
    }

    /// <summary>The zones in the file's text.</summary>
    /// <exception cref="KernelFormatException">The file is cut or garbled.</exception>
    public static IReadOnlyList<MemoryZone> Parse(KernelReader reader, int pageSize)
    {
        ArgumentNullException.ThrowIfNull(reader);
        List<MemoryZone> zones = [];
        RepeatedNames names = new();
        ZoneBuilder? zone = null;
        while (reader.ReadLine(out KernelLine line))
        {
            if (line.Text.StartsWith("Node "u8))
            {
                Finish(zone, reader, zones);
                zone = ZoneBuilder.Start(ref line, pageSize, names);
            }
            else if (!line.IsAtEnd)
            {
                (zone ?? throw line.Malformed("'Node N, zone NAME'")).Add(ref line);
            }
        }
        Finish(zone, reader, zones);
        return zones.Count > 0 ? zones : throw reader.Ended("'Node N, zone NAME'");
    }

    private static void Finish(ZoneBuilder? zone, KernelReader reader, List<MemoryZone> zones)
    {
        if (zone is not null)
        {
            zones.Add(zone.IsComplete ? zone.Zone : throw reader.Ended($"the watermarks and protection of node {zone.Zone.Node}, zone {zone.Zone.Name}"));
        }
    }

    // From 4.17 to 4.19 the kernel prints the value of one counter without its name, which it hides everywhere.
    private static ReadOnlySpan<byte> Nameless => "nr_indirectly_reclaimable"u8;

    private sealed class ZoneBuilder(MemoryZone zone, int pageSize, RepeatedNames names)
    {
        private readonly ReadableCounts _counters = [];
        private ReadableCounts? _node;
        private Section _section;
        private bool _saysManaged;

        public MemoryZone Zone
        {
            get
            {
                // Before 3.9 the kernel did not tell managed memory from present.
                zone.Managed = _saysManaged ? zone.Managed : zone.Present;
                return zone;
            }
        }

        public bool IsComplete => _section >= Section.Counters;

        public static ZoneBuilder Start(ref KernelLine line, int pageSize, RepeatedNames names)
        {
            line.Expect("Node"u8);
            int node = line.TakeInt32();
            line.Expect(","u8);
            line.Expect("zone"u8);
            return new ZoneBuilder(new MemoryZone { Node = node, Name = names.TextOf(line.TakeField()) }, pageSize, names);
        }

        public void Add(ref KernelLine line)
        {
            KernelLine whole = line;
            ReadOnlySpan<byte> key = line.TakeField();
            if (line.IsAtEnd && char.IsAsciiDigit((char)key[0]))
            {
                AddValue(Nameless, ref whole);
            }
            else if (key.SequenceEqual("per-node"u8))
            {
                _section = Section.Node;
                zone.NodeCounters = _node = [];
            }
            else if (key.SequenceEqual("pages"u8))
            {
                _section = Section.Watermarks;
                line.Expect("free"u8);
                zone.Free = line.TakePages(pageSize);
            }
            else if (key.SequenceEqual("protection:"u8))
            {
                _section = Section.Counters;
                zone.Counters = _counters;
                zone.Protection = TakeProtection(ref line);
            }
            else if (key.SequenceEqual("pagesets"u8))
            {
                _section = Section.PerCpu;
            }
            else if (key.SequenceEqual("start_pfn:"u8))
            {
                zone.StartFrame = line.TakeInt64();
            }
            else if (!key.SequenceEqual("vm"u8)) // "vm stats threshold: 4" says how often the counters are summed up
            {
                AddValue(key, ref line);
            }
        }

        private void AddValue(ReadOnlySpan<byte> key, ref KernelLine line)
        {
            switch (_section)
            {
                case Section.Node:
                    _node![names.TextOf(key)] = line.TakeInt64();
                    break;
                case Section.Watermarks when TrySetWatermark(key, ref line):
                    break;
                case Section.PerCpu when key.SequenceEqual("count:"u8):
                    long sum = zone.PerCpuFree;
                    long count = line.TakePages(pageSize);
                    zone.PerCpuFree = count <= long.MaxValue - sum ? sum + count : throw line.Malformed("a number of pages that fits this machine");
                    break;
                // Lines about one CPU stand further right than those about the zone that follow them.
                case Section.PerCpu when line.Text.StartsWith("   "u8):
                    break;
                default:
                    _counters[names.TextOf(key.TrimEnd((byte)':'))] = line.TakeInt64();
                    break;
            }
        }

        private bool TrySetWatermark(ReadOnlySpan<byte> key, ref KernelLine line)
        {
            if (key.SequenceEqual("boost"u8))
            {
                zone.Boost = line.TakePages(pageSize);
            }
            else if (key.SequenceEqual("min"u8))
            {
                zone.Min = line.TakePages(pageSize);
            }
            else if (key.SequenceEqual("low"u8))
            {
                zone.Low = line.TakePages(pageSize);
            }
            else if (key.SequenceEqual("high"u8))
            {
                zone.High = line.TakePages(pageSize);
            }
            else if (key.SequenceEqual("promo"u8))
            {
                zone.Promo = line.TakePages(pageSize);
            }
            else if (key.SequenceEqual("spanned"u8))
            {
                zone.Spanned = line.TakePages(pageSize);
            }
            else if (key.SequenceEqual("present"u8))
            {
                zone.Present = line.TakePages(pageSize);
            }
            else if (key.SequenceEqual("managed"u8))
            {
                zone.Managed = line.TakePages(pageSize);
                _saysManaged = true;
            }
            else if (key.SequenceEqual("cma"u8))
            {
                zone.Cma = line.TakePages(pageSize);
            }
            else
            {
                return false;
            }
            return true;
        }

        private ReadableList<long> TakeProtection(ref KernelLine line)
        {
            List<long> reserves = [];
            line.Expect("("u8);
            do
            {
                reserves.Add(line.TakePages(pageSize));
            }
            while (line.TrySkip(","u8));
            line.Expect(")"u8);
            return new ReadableList<long>(reserves);
        }
    }
}
