using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The line VmFlags of smaps, "rd wr mr mw me ac": one object for all mappings that have the same.</summary>
internal sealed record MappingFlags(IReadOnlyList<string> Names, bool IsHuge, bool IsDevice)
{
    public static MappingFlags Parse(ReadOnlySpan<byte> text)
    {
        string[] names = Encoding.UTF8.GetString(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new MappingFlags(new ReadableList<string>(names), names.Contains("ht"), names.Contains("io"));
    }
}
