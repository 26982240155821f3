using System.Buffers.Binary;
using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// The first page of a swap area: 1024 bytes for a boot loader, then version, last page, bad pages, UUID and label, and
/// "SWAPSPACE2" in the last ten bytes. Source: the kernel's include/linux/swap.h, union swap_header.
/// </summary>
public sealed record SwapHeader
{
    /// <summary>The smallest page that mkswap makes a header for.</summary>
    public const int SmallestPage = 2048;

    /// <summary>The largest.</summary>
    public const int LargestPage = 1 << 30;

    /// <summary>Bytes of a label at most.</summary>
    public const int LabelLength = 16;

    /// <summary>Pages that an area has at least.</summary>
    public const int LeastPages = 10;

    internal const int VersionOffset = 1024;
    internal const int UuidOffset = 1036;
    internal const int LabelOffset = 1052;
    internal const int SignatureLength = 10;

    private const int BadPagesOffset = 1536;

    /// <summary>Bytes in a page; the kernel takes an area only when its own pages are as large.</summary>
    public required int PageSize { get; init; }

    /// <summary>The version of the layout, which is 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The number of the last page that can be used, from 0, which is the header.</summary>
    public required long LastPage { get; init; }

    /// <summary>Pages that are left out because the device is damaged there.</summary>
    public int BadPages { get; init; }

    /// <summary>The UUID as text in lower case; null for an area without one.</summary>
    public string? Uuid { get; init; }

    /// <summary>The label; null for an area without one.</summary>
    public string? Label { get; init; }

    /// <summary>True when it was made on a machine with the other order of bytes, which the kernel takes, too.</summary>
    public bool IsByteSwapped { get; init; }

    /// <summary>True when the kernel wrote a sleeping machine into the area: making it anew would lose what was open.</summary>
    public bool IsHibernated { get; init; }

    /// <summary>Bytes that the area covers with its header.</summary>
    public long Size => (LastPage + 1) * PageSize;

    /// <summary>The header of a new area that covers all whole pages of so many bytes.</summary>
    public static SwapHeader For(long size, int pageSize, string? uuid, string? label) => new()
    {
        PageSize = pageSize,
        // The kernel counts pages in 32 bits.
        LastPage = Math.Min(size / pageSize, uint.MaxValue) - 1,
        Uuid = uuid,
        Label = label,
    };

    /// <summary>The first page as bytes.</summary>
    public byte[] ToPage()
    {
        byte[] page = new byte[PageSize];
        Span<byte> info = page.AsSpan(VersionOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(info, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(info[4..], (uint)LastPage);
        if (!BitConverter.IsLittleEndian)
        {
            info[..4].Reverse();
            info[4..8].Reverse();
        }
        UuidBytes(Uuid).CopyTo(page, UuidOffset);
        LabelBytes(Label).CopyTo(page, LabelOffset);
        "SWAPSPACE2"u8.CopyTo(page.AsSpan(PageSize - SignatureLength));
        return page;
    }

    /// <summary>The 16 bytes of a UUID; all zero for none.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static byte[] UuidBytes(string? uuid) => (uuid is null ? Guid.Empty : Guid.Parse(uuid)).ToByteArray(bigEndian: true);

    /// <summary>The 16 bytes of a label.</summary>
    /// <exception cref="FormatException">It is longer in UTF-8, or has a NUL in it.</exception>
    public static byte[] LabelBytes(string? label)
    {
        byte[] text = Encoding.UTF8.GetBytes(label ?? "");
        if (text.Length > LabelLength || text.Contains((byte)0))
        {
            throw new FormatException($"'{label}' is no label of a swap area: at most {LabelLength} bytes of UTF-8, and no NUL.");
        }
        byte[] all = new byte[LabelLength];
        text.CopyTo(all, 0);
        return all;
    }

    /// <summary>The header that an area begins with; null when it is no swap area.</summary>
    /// <param name="name">What error messages call it.</param>
    /// <param name="readAt">Reads bytes at an offset and says how many there were.</param>
    /// <exception cref="KernelFormatException">The signature of a swap area is there, and what stands before it makes no sense.</exception>
    public static SwapHeader? Read(string name, Func<byte[], long, int> readAt)
    {
        ArgumentNullException.ThrowIfNull(readAt);
        byte[] signature = new byte[SignatureLength];
        for (int page = SmallestPage; page > 0 && page <= LargestPage; page = page == LargestPage ? 0 : page * 2)
        {
            if (readAt(signature, page - SignatureLength) < SignatureLength)
            {
                return null;
            }
            if (IsSignature(signature, out bool isHibernated))
            {
                byte[] info = new byte[BadPagesOffset];
                return readAt(info, 0) < info.Length ? null : Parse(name, info, page, isHibernated);
            }
        }
        return null;
    }

    /// <summary>The same for bytes in memory.</summary>
    /// <exception cref="KernelFormatException">The signature of a swap area is there, and what stands before it makes no sense.</exception>
    public static SwapHeader? Parse(string name, byte[] area)
    {
        ArgumentNullException.ThrowIfNull(area);
        return Read(name, (buffer, offset) =>
        {
            ReadOnlySpan<byte> rest = offset < area.Length ? area.AsSpan((int)offset) : default;
            int count = Math.Min(rest.Length, buffer.Length);
            rest[..count].CopyTo(buffer);
            return count;
        });
    }

    internal static SwapHeader? Read(KernelFile file) => Read(file.Name, (buffer, offset) => FileCalls.ReadAt(file, buffer, offset));

    private static bool IsSignature(ReadOnlySpan<byte> found, out bool isHibernated)
    {
        // Over the signature of a swap area the kernel, or a program that hibernates, writes its own.
        isHibernated = found.StartsWith("S1SUSPEND\0"u8) || found.StartsWith("S2SUSPEND\0"u8) || found.StartsWith("ULSUSPEND\0"u8) || found.StartsWith("LINHIB0001"u8);
        return isHibernated || found.StartsWith("SWAPSPACE2"u8);
    }

    private static SwapHeader Parse(string name, ReadOnlySpan<byte> start, int pageSize, bool isHibernated)
    {
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(start[VersionOffset..]);
        bool isBigEndian = version == 0x01000000;
        bool isKnown = isBigEndian || version == 1;
        uint lastPage = Number(start[(VersionOffset + 4)..], isBigEndian);
        uint badPages = Number(start[(VersionOffset + 8)..], isBigEndian);
        if (!isKnown || lastPage == 0)
        {
            throw new KernelFormatException(name, 1, "version 1 of a swap area with at least one page", $"version {version}, last page {lastPage}");
        }
        // The list of bad pages must fit the first page.
        if (badPages > (uint)(pageSize - BadPagesOffset - SignatureLength) / 4)
        {
            throw new KernelFormatException(name, 1, $"a list of bad pages that fits a page of {pageSize} bytes", $"{badPages} bad pages");
        }
        ReadOnlySpan<byte> uuid = start.Slice(UuidOffset, 16);
        ReadOnlySpan<byte> label = start.Slice(LabelOffset, LabelLength);
        int end = label.IndexOf((byte)0);
        return new SwapHeader
        {
            PageSize = pageSize,
            LastPage = lastPage,
            BadPages = (int)badPages,
            Uuid = uuid.ContainsAnyExcept((byte)0) ? new Guid(uuid, bigEndian: true).ToString() : null,
            Label = end == 0 ? null : Encoding.UTF8.GetString(end < 0 ? label : label[..end]),
            IsByteSwapped = isBigEndian == BitConverter.IsLittleEndian,
            IsHibernated = isHibernated,
        };
    }

    private static uint Number(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
