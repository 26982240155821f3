using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>Makes lines of UTF-8 of what a log's begin shows to be something else: UTF-16, or the journal's entries of many lines.</summary>
internal static class LogDecoding
{
    private const int PeekLength = 4096;

    // A read of /dev/kmsg into less than a record's 8 KiB fails.
    private const int BufferLength = 32 * 1024;

    /// <summary>The log as lines of UTF-8.</summary>
    public static Stream Of(Stream log)
    {
        byte[] begin = new byte[BufferLength];
        int length = 0;
        int count;
        do
        {
            count = ReadOn(log, begin.AsSpan(length), isFirst: length == 0);
            length += count;
        }
        while (count > 0 && length < PeekLength);
        begin = begin[..length];
        Stream whole = new Continued(begin, log);
        if (Utf16Of(begin) is Encoding wide)
        {
            whole = Encoding.CreateTranscodingStream(whole, wide, Encoding.UTF8, leaveOpen: true);
            begin = Encoding.UTF8.GetBytes(wide.GetString(begin));
        }
        return JournalFormOf(begin) switch
        {
            JournalForm.Export => new JournalText(new JournalExportReader(new BufferedStream(whole, BufferLength))),
            JournalForm.Verbose => new JournalText(new JournalVerboseReader(new BufferedStream(whole, BufferLength))),
            _ => whole,
        };
    }

    /// <summary>The text of a log's end, read from the bytes alone; the encoding is told by the zeros between letters.</summary>
    public static ReadOnlySpan<byte> OfTail(ReadOnlySpan<byte> tail)
    {
        int even = tail.Length & ~1;
        return Utf16Of(tail[..Math.Min(even, 64)]) is Encoding wide ? Encoding.UTF8.GetBytes(wide.GetString(tail[..even])) : tail;
    }

    private static Encoding? Utf16Of(ReadOnlySpan<byte> begin) => begin switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        [not 0, 0, not 0, 0, ..] => Encoding.Unicode,
        [0, not 0, 0, not 0, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private enum JournalForm
    {
        None,
        Export,
        Verbose,
    }

    // "__CURSOR=..." begins each entry of the export format; of the verbose one, a time and the cursor in brackets: "... [s=6d0...;i=1;...]".
    private static JournalForm JournalFormOf(ReadOnlySpan<byte> begin)
    {
        LogText.TrySkip(ref begin, "\uFEFF"u8);
        // journalctl's own words: "-- Logs begin at ...".
        while (begin.StartsWith("-- "u8) || begin.StartsWith("\n"u8))
        {
            begin = begin[(begin.IndexOf((byte)'\n') is >= 0 and int end ? end + 1 : begin.Length)..];
        }
        int newline = begin.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = newline < 0 ? begin : begin[..newline];
        return line.StartsWith("__CURSOR="u8) ? JournalForm.Export : JournalVerboseReader.IsHead(line) ? JournalForm.Verbose : JournalForm.None;
    }

    // What cannot be read on is told when what stands before was handed on.
    private static int ReadOn(Stream log, Span<byte> buffer, bool isFirst)
    {
        try
        {
            return log.Read(buffer);
        }
        catch (Exception e) when (!isFirst && e is (KernelException or KernelFormatException))
        {
            return 0;
        }
    }

    // Bytes that were read already, and the rest.
    private sealed class Continued(byte[] first, Stream rest) : ForwardStream
    {
        private int _taken;

        public override int Read(Span<byte> buffer)
        {
            int ready = Math.Min(buffer.Length, first.Length - _taken);
            if (ready == 0)
            {
                return rest.Read(buffer);
            }
            first.AsSpan(_taken, ready).CopyTo(buffer);
            _taken += ready;
            return ready;
        }
    }
}
