namespace LinuxMemory.Kernel;

/// <summary>A part of a file that lies on the device in one piece: where in the file, how many bytes, and what is special about it.</summary>
internal readonly record struct FileExtent(long Start, long Length, FileExtentFlags Flags);

/// <summary>What FIEMAP says about a part of a file. Source: linux/fiemap.h.</summary>
[Flags]
internal enum FileExtentFlags
{
    Last = 0x1,
    Unknown = 0x2,
    Delayed = 0x4,
    Encoded = 0x8,
    Encrypted = 0x80,
    NotAligned = 0x100,
    Inline = 0x200,
    Tail = 0x400,
    Unwritten = 0x800,
    Merged = 0x1000,
    Shared = 0x2000,
}
