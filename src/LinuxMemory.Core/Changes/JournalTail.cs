using System.Buffers.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The end of the journal: the number of the newest change, and a last line that was cut when its writer was killed.</summary>
internal static class JournalTail
{
    /// <summary>The highest number near the end; 0 in an empty journal. A cut last line is removed, a whole one gets its end.</summary>
    public static long RepairAndFindLastId(AppendFile file, int tailSize)
    {
        byte[] tail = file.ReadTail(tailSize);
        ReadOnlySpan<byte> rest = tail;
        int cut = rest.Length - (rest.LastIndexOf((byte)'\n') + 1);
        if (cut > 0)
        {
            if (JournalLine.TryRead(rest[^cut..]) is null)
            {
                file.Shorten(cut);
                rest = rest[..^cut];
            }
            else
            {
                file.Append("\n"u8);
            }
        }
        long last = 0;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            last = Math.Max(last, IdOf(line));
            rest = end < 0 ? default : rest[(end + 1)..];
        }
        return last;
    }

    // Every line starts with its number, so that the journal is not parsed for it.
    private static long IdOf(ReadOnlySpan<byte> line) =>
        line.StartsWith("{\"Id\":"u8) && Utf8Parser.TryParse(line["{\"Id\":"u8.Length..], out long id, out _) ? id : 0;
}
