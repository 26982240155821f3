using System.Buffers.Binary;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// The pages in which the dynamic loader keeps what libraries it loaded and where. Without them a debugger finds no library, and no
/// calls that lead through one. Source: elf(5), link.h (struct r_debug, struct link_map).
/// </summary>
internal sealed class LoaderPages
{
    private const ulong TagHeaders = 3;
    private const ulong TagHeaderCount = 5;
    private const int MostHeaders = 256;
    private const uint Dynamic = 2;
    private const uint HeadersThemselves = 6;
    private const ulong TagDebug = 21;
    private const int MostDynamic = 64 * 1024;

    // In words: r_map of struct r_debug; l_name and l_next of struct link_map, whose public part is five.
    private const int FirstInDebug = 1;
    private const int NameInLink = 1;
    private const int NextInLink = 3;
    private const int LinkSize = 5;

    private const int MostLibraries = 10_000;
    private const int LongestName = 256;

    private readonly ProcessContents _contents;
    private readonly CoreLayout _layout;
    private readonly SortedSet<ulong> _pages = [];

    private LoaderPages(ProcessContents contents, CoreLayout layout) => (_contents, _layout) = (contents, layout);

    /// <summary>The pages' addresses; none for a program without libraries, or where the lists cannot be read.</summary>
    /// <exception cref="KernelException">The process has ended, or it is denied.</exception>
    public static SortedSet<ulong> Of(KernelDirectory process, ProcessContents contents, CoreLayout layout)
    {
        LoaderPages pages = new(contents, layout);
        using KernelReader reader = process.Read(process.Living("auxv"));
        pages.Walk(reader.ReadToEnd());
        return pages._pages;
    }

    private void Walk(ReadOnlySpan<byte> auxiliary)
    {
        if (Value(auxiliary, TagHeaders) is not ulong at || Value(auxiliary, TagHeaderCount) is not ulong count)
        {
            return;
        }
        byte[] headers = Read(at, _layout.ProgramHeaderSize * (int)Math.Min(count, MostHeaders));
        if (Header(headers, HeadersThemselves) is not (ulong own, _) || Header(headers, Dynamic) is not (ulong dynamic, ulong length))
        {
            return;
        }
        byte[] table = Keep(Address(unchecked(at - own + dynamic)), (int)Math.Min(length, MostDynamic));
        if (Value(table, TagDebug) is not ulong debug || Number(Keep(debug, LinkSize * _layout.Word), FirstInDebug) is not ulong link)
        {
            return;
        }
        HashSet<ulong> seen = [];
        while (link != 0 && seen.Count < MostLibraries && seen.Add(link))
        {
            byte[] library = Keep(link, LinkSize * _layout.Word);
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

    private ulong Address(ulong sum) => _layout.Word == 8 ? sum : sum & uint.MaxValue;

    // Both the auxiliary vector and a dynamic section are pairs of a tag and a value, and end with tag 0.
    private ulong? Value(ReadOnlySpan<byte> pairs, ulong tag)
    {
        for (; pairs.Length >= 2 * _layout.Word; pairs = pairs[(2 * _layout.Word)..])
        {
            if (_layout.Read(pairs) == tag)
            {
                return _layout.Read(pairs[_layout.Word..]);
            }
        }
        return null;
    }

    // p_vaddr is the third word, p_memsz the sixth.
    private (ulong Address, ulong Length)? Header(ReadOnlySpan<byte> headers, uint type)
    {
        for (; headers.Length >= _layout.ProgramHeaderSize; headers = headers[_layout.ProgramHeaderSize..])
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(headers) == type)
            {
                return (_layout.Read(headers[(2 * _layout.Word)..]), _layout.Read(headers[(5 * _layout.Word)..]));
            }
        }
        return null;
    }

    private ulong? Number(ReadOnlySpan<byte> bytes, int word) => bytes.Length >= (word + 1) * _layout.Word ? _layout.Read(bytes[(word * _layout.Word)..]) : null;
}
