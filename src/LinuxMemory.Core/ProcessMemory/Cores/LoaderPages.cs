using System.Buffers.Binary;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// The pages in which the dynamic loader keeps what libraries it loaded and where. Without them a debugger finds no library, and no
/// calls that lead through one. Source: elf(5), link.h (struct r_debug, struct link_map); 64 bits.
/// </summary>
internal sealed class LoaderPages
{
    private const ulong TagHeaders = 3;
    private const ulong TagHeaderCount = 5;
    private const int HeaderSize = 56;
    private const int MostHeaders = 256;
    private const uint Dynamic = 2;
    private const uint HeadersThemselves = 6;
    private const ulong TagDebug = 21;
    private const int MostDynamic = 64 * 1024;
    private const int FirstInDebug = 8;
    private const int LinkSize = 40;
    private const int NameInLink = 8;
    private const int NextInLink = 24;
    private const int MostLibraries = 10_000;
    private const int LongestName = 256;

    private readonly ProcessContents _contents;
    private readonly SortedSet<ulong> _pages = [];

    private LoaderPages(ProcessContents contents) => _contents = contents;

    /// <summary>The pages' addresses; none for a program without libraries, or where the lists cannot be read.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    public static SortedSet<ulong> Of(KernelDirectory process, ProcessContents contents)
    {
        LoaderPages pages = new(contents);
        using KernelReader reader = process.Read("auxv");
        pages.Walk(reader.ReadToEnd());
        return pages._pages;
    }

    private void Walk(ReadOnlySpan<byte> auxiliary)
    {
        if (Value(auxiliary, TagHeaders) is not ulong at || Value(auxiliary, TagHeaderCount) is not ulong count)
        {
            return;
        }
        byte[] headers = Read(at, HeaderSize * (int)Math.Min(count, MostHeaders));
        if (Header(headers, HeadersThemselves) is not (ulong own, _) || Header(headers, Dynamic) is not (ulong dynamic, ulong length))
        {
            return;
        }
        byte[] table = Keep(unchecked(at - own + dynamic), (int)Math.Min(length, MostDynamic));
        if (Value(table, TagDebug) is not ulong debug || Number(Keep(debug, LinkSize), FirstInDebug) is not ulong link)
        {
            return;
        }
        HashSet<ulong> seen = [];
        while (link != 0 && seen.Count < MostLibraries && seen.Add(link))
        {
            byte[] library = Keep(link, LinkSize);
            if (Number(library, NameInLink) is ulong name)
            {
                Keep(name, LongestName);
            }
            link = Number(library, NextInLink) ?? 0;
        }
    }

    private byte[] Keep(ulong address, int length)
    {
        byte[] bytes = Read(address, length);
        ulong page = (ulong)_contents.PageSize;
        for (ulong next = address & ~(page - 1); next - Math.Min(next, address) < (ulong)bytes.Length; next += page)
        {
            _pages.Add(next);
        }
        return bytes;
    }

    private byte[] Read(ulong address, int length)
    {
        byte[] bytes = new byte[length];
        return bytes[.._contents.Read(address, bytes)];
    }

    // Both the auxiliary vector and a dynamic section are pairs of a tag and a value, and end with tag 0.
    private static ulong? Value(ReadOnlySpan<byte> pairs, ulong tag)
    {
        for (; pairs.Length >= 16; pairs = pairs[16..])
        {
            if (BinaryPrimitives.ReadUInt64LittleEndian(pairs) == tag)
            {
                return BinaryPrimitives.ReadUInt64LittleEndian(pairs[8..]);
            }
        }
        return null;
    }

    private static (ulong Address, ulong Length)? Header(ReadOnlySpan<byte> headers, uint type)
    {
        for (; headers.Length >= HeaderSize; headers = headers[HeaderSize..])
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(headers) == type)
            {
                return (BinaryPrimitives.ReadUInt64LittleEndian(headers[16..]), BinaryPrimitives.ReadUInt64LittleEndian(headers[40..]));
            }
        }
        return null;
    }

    private static ulong? Number(ReadOnlySpan<byte> bytes, int at) =>
        bytes.Length >= at + sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]) : null;
}
