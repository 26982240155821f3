using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// Reads maps and smaps one mapping at a time. A mapping of smaps is known when the next one begins, so that one line is read ahead.
/// </summary>
internal sealed class MappingReader(KernelReader reader, int processId, string processName, bool detailed)
{
    private const int NotKnown = -1;
    private const int ThpEligible = SmapsSizes.Count;
    private const int ProtectionKey = ThpEligible + 1;
    private const int VmFlags = ProtectionKey + 1;

    // The sizes in the order of SmapsSize, then what has no unit.
    private static readonly KeyTable Keys = new(
        "Size", "KernelPageSize", "MMUPageSize", "Rss", "Pss", "Pss_Dirty", "Shared_Clean", "Shared_Dirty", "Private_Clean",
        "Private_Dirty", "Referenced", "Anonymous", "KSM", "LazyFree", "AnonHugePages", "ShmemPmdMapped", "FilePmdMapped",
        "Shared_Hugetlb", "Private_Hugetlb", "Swap", "SwapPss", "Locked", "THPeligible", "ProtectionKey", "VmFlags");

    private readonly SmapsLayout _layout = new(Keys);
    private readonly MappingTexts _texts = new();
    private ProcessMemoryMapping? _next;
    private uint? _present;
    private bool _hasFlags;

    /// <summary>The next mapping; null at the end.</summary>
    public ProcessMemoryMapping? Read()
    {
        ProcessMemoryMapping? mapping = _next ?? First();
        if (mapping is null)
        {
            return null;
        }
        _next = null;
        _layout.Restart();
        while (reader.ReadLine(out KernelLine line))
        {
            if (IsHeader(line.Text))
            {
                _next = TakeHeader(ref line);
                break;
            }
            TakeDetail(ref line, mapping);
        }
        return Complete(mapping);
    }

    private ProcessMemoryMapping? First() => reader.ReadLine(out KernelLine line) ? TakeHeader(ref line) : null;

    // Keys begin with a capital letter.
    private static bool IsHeader(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[0] is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f');

    // "7f1c5e000000-7f1c5e021000 rw-p 00000000 fe:00 247270      /usr/bin/cat"
    private ProcessMemoryMapping TakeHeader(ref KernelLine line)
    {
        ulong start = line.TakeHex((byte)'-');
        ulong end = line.TakeHex();
        if (end <= start || end - start > long.MaxValue)
        {
            throw line.Malformed("a range of addresses");
        }
        MappingAccess access = MappingAccessText.Take(ref line);
        ulong offset = line.TakeHex();
        string device = _texts.Devices[line.TakeField()];
        ulong inode = line.TakeUInt64();
        line.SkipBlanks();
        MappingName name = line.Rest.IsEmpty ? MappingName.None : _texts.Names[line.Rest];
        return new ProcessMemoryMapping(processId, processName, start, end, access)
        {
            Offset = offset,
            Device = device,
            Inode = inode,
            Path = name.Path,
            Label = name.Label,
            IsDeleted = name.IsDeleted,
        };
    }

    private void TakeDetail(ref KernelLine line, ProcessMemoryMapping mapping)
    {
        if (!detailed)
        {
            throw line.Malformed("a range of addresses");
        }
        int key;
        if (_layout.TryTakeSize(line.Text, out key, out long bytes))
        {
            Add(ref line, mapping, key, bytes);
            return;
        }
        ReadOnlySpan<byte> name = line.TakeUntil((byte)':');
        key = _layout.IndexOf(name);
        switch (key)
        {
            case NotKnown:
                mapping.AddExtra(Encoding.UTF8.GetString(name), TakeUnknown(ref line));
                break;
            case ThpEligible:
                mapping.IsThpEligible = line.TakeInt32() != 0;
                break;
            case ProtectionKey:
                mapping.ProtectionKey = line.TakeInt32();
                break;
            case VmFlags:
                mapping.Flags = _texts.Flags[line.Rest];
                break;
            default:
                Add(ref line, mapping, key, line.TakeSize());
                break;
        }
    }

    private static void Add(ref KernelLine line, ProcessMemoryMapping mapping, int key, long bytes)
    {
        if (!mapping.TryAddSize(key, bytes))
        {
            throw line.Malformed("each key once");
        }
    }

    private static long TakeUnknown(ref KernelLine line)
    {
        long value = line.TakeInt64();
        if (line.IsAtEnd)
        {
            return value;
        }
        line.TakeUnit();
        return value is >= 0 and <= (long.MaxValue >> 10) ? value << 10 : throw line.Malformed("a size that fits 63 bits in bytes");
    }

    // A kernel prints the same keys for each mapping: one that has fewer was cut.
    private ProcessMemoryMapping Complete(ProcessMemoryMapping mapping)
    {
        if (detailed && (mapping.Rss is null || mapping.PresentSizes != (_present ??= mapping.PresentSizes)))
        {
            throw reader.Ended(mapping.Rss is null ? "the key Rss" : "the same keys as in the first mapping");
        }
        // Flags come last. They cannot be counted, but what ends in the middle of a line was cut there.
        _hasFlags |= mapping.Flags is not null;
        if (detailed && (_hasFlags != (mapping.Flags is not null) || reader.EndsInLine))
        {
            throw reader.Ended(reader.EndsInLine ? "the end of the line" : "the key VmFlags");
        }
        return mapping;
    }
}
