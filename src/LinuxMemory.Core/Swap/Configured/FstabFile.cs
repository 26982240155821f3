using System.Buffers.Text;
using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>/etc/fstab: "/swap\040file none swap defaults,nofail,pri=10 0 0", with # comments. Source: fstab(5), libmount.</summary>
public static class FstabFile
{
    /// <summary>The file's path from the machine's root.</summary>
    public const string FilePath = "etc/fstab";

    /// <summary>The entries in the order of the file; none where it is absent.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="report">Told of each line that mount(8) would pass over, too; without it the first one is thrown.</param>
    /// <exception cref="KernelException">The file is denied.</exception>
    /// <exception cref="KernelFormatException">A line is none of fstab.</exception>
    public static IReadOnlyList<FstabEntry> Read(Machine machine, Action<KernelFormatException>? report = null)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using KernelReader? reader = machine.TryRead(FilePath);
        return reader is null ? [] : Parse(reader, report);
    }

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="KernelFormatException">A line is none of fstab, and there is nobody to tell.</exception>
    public static IReadOnlyList<FstabEntry> Parse(KernelReader reader, Action<KernelFormatException>? report = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        List<FstabEntry> entries = [];
        while (reader.ReadLine(out KernelLine line))
        {
            try
            {
                if (ParseLine(ref line) is FstabEntry entry)
                {
                    entries.Add(entry);
                }
            }
            catch (KernelFormatException e) when (report is not null)
            {
                report(e);
            }
        }
        return entries;
    }

    /// <summary>The entry in one line; null for a comment, a blank line and a line that is none.</summary>
    internal static FstabEntry? TryParseLine(string text)
    {
        IReadOnlyList<FstabEntry> entries = Parse(KernelReader.Over(FilePath, Encoding.UTF8.GetBytes(text)), _ => { });
        return entries.Count == 1 ? entries[0] : null;
    }

    /// <summary>A field for the file: what would end it, or begin a comment, becomes an octal escape.</summary>
    internal static string Escape(string field)
    {
        StringBuilder escaped = new();
        foreach (char c in field)
        {
            escaped.Append(c is '\\' or '#' or <= ' ' or '\x7f' ? $"\\{Convert.ToString(c, 8).PadLeft(3, '0')}" : c.ToString());
        }
        return escaped.ToString();
    }

    private static FstabEntry? ParseLine(ref KernelLine line)
    {
        line.SkipBlanks();
        if (line.Rest.TrimEnd((byte)'\r').IsEmpty || line.Rest[0] == '#')
        {
            return null;
        }
        string source = line.TakePath();
        string mountPoint = line.TakePath();
        // A line that ends in "\r\n" has the "\r" in its last field.
        string type = OctalEscape.Undo(line.TakeField().TrimEnd((byte)'\r'));
        string options = OctalEscape.Undo(line.TakeFieldOrEmpty().TrimEnd((byte)'\r'));
        bool isComment = options.StartsWith('#');
        return type.Length == 0 ? throw line.Malformed("a type of file system in the third field") : new FstabEntry
        {
            Source = source,
            MountPoint = mountPoint,
            FileSystem = type,
            Options = isComment ? "" : options,
            Dump = isComment ? 0 : TakeNumber(ref line, ref isComment),
            Pass = isComment ? 0 : TakeNumber(ref line, ref isComment),
            Line = line.Number,
        };
    }

    private static int TakeNumber(ref KernelLine line, ref bool isComment)
    {
        ReadOnlySpan<byte> field = line.TakeFieldOrEmpty().TrimEnd((byte)'\r');
        isComment |= !field.IsEmpty && field[0] == '#';
        if (field.IsEmpty || isComment)
        {
            return 0;
        }
        return Utf8Parser.TryParse(field, out int value, out int length) && length == field.Length
            ? value
            : throw line.Malformed("numbers in the fifth and sixth field");
    }
}
