using System.Buffers.Text;
using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>/etc/passwd: "root:x:0:0:root:/root:/bin/bash". People write it, so lines that are none of that form are passed over.</summary>
public static class PasswdFile
{
    /// <summary>The names of a machine's users by their ids; empty when it has no such file or it is denied.</summary>
    public static IReadOnlyDictionary<long, string> Read(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        try
        {
            using KernelReader? reader = machine.TryRead("etc/passwd");
            return reader is null ? new Dictionary<long, string>() : Parse(reader);
        }
        catch (KernelException)
        {
            return new Dictionary<long, string>();
        }
    }

    /// <summary>Reads the file's text. Of several names with one id the first counts, as in the C library.</summary>
    public static IReadOnlyDictionary<long, string> Parse(KernelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Dictionary<long, string> names = [];
        while (reader.ReadLine(out KernelLine line))
        {
            if (TryTake(line.Text, out ReadOnlySpan<byte> name, out long id))
            {
                names.TryAdd(id, Encoding.UTF8.GetString(name));
            }
        }
        return names;
    }

    private static bool TryTake(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> name, out long id)
    {
        id = 0;
        int colon = text.IndexOf((byte)':');
        name = colon > 0 ? text[..colon] : [];
        int second = colon < 0 ? -1 : text[(colon + 1)..].IndexOf((byte)':');
        ReadOnlySpan<byte> number = second < 0 ? [] : text[(colon + second + 2)..];
        return !name.IsEmpty && Utf8Parser.TryParse(number, out id, out int length) && length < number.Length && number[length] == ':';
    }
}
