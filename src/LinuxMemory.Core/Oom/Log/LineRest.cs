using System.Buffers;

namespace LinuxMemory;

/// <summary>
/// Tells whether a line without a prefix is the rest of the kernel's line before it. That line must be unfinished: what programs
/// write between lines of the kernel's must not get into them.
/// </summary>
internal static class LineRest
{
    private static readonly SearchValues<byte> Numbers = SearchValues.Create("[]-0123456789 "u8);

    /// <summary>True when the next line goes on with the one before.</summary>
    public static bool IsRest(ReadOnlySpan<byte> line, KernelMessage next)
    {
        ReadOnlySpan<byte> rest = LogText.SkipBlanks(next.Text);
        if (rest.IsEmpty || (!next.IsLoose && !next.IsContinuation))
        {
            return false;
        }
        switch (OomLine.KindOf(line))
        {
            case OomLineKind.Invocation:
                return !line.StartsWith("oom-killer"u8) && line.IndexOf(" order="u8) < 0;
            case OomLineKind.Choice:
                return next.IsLoose && rest.SequenceEqual("child"u8);
            case OomLineKind.Kill:
                return IsOfKill(line, rest);
            case OomLineKind.Summary:
                return line.LastIndexOf(",uid="u8) < 0;
            case OomLineKind.TaskRow:
                // A row without a name, or with a newline in it.
                return next.IsContinuation || !line.ContainsAnyExcept(Numbers);
            case OomLineKind.Body:
                return OomLine.HasName(line) || (next.IsLoose && IsCounter(rest));
            default:
                return false;
        }
    }

    /// <summary>True when a line of /dev/kmsg is one that the kernel prints in pieces, and by its words the last piece is not there yet.</summary>
    public static bool IsUnfinished(ReadOnlySpan<byte> line) => OomLine.KindOf(line) switch
    {
        OomLineKind.Invocation => !line.StartsWith("oom-killer"u8) && line.IndexOf(" order="u8) < 0,
        OomLineKind.Summary => line.LastIndexOf(",uid="u8) < 0,
        OomLineKind.LimitOf => line.EndsWith(OomLine.KilledForLimit),
        // Statistics have no end to be known by.
        OomLineKind.Body => line.StartsWith("Task in "u8) || line[^1] is (byte)' ' or (byte)'=' or (byte)',' || (line.StartsWith("Memory cgroup stats for "u8) && line.EndsWith("KB"u8)),
        _ => false,
    };

    /// <summary>True when a piece, whose caller nobody tells, goes on with such a line.</summary>
    public static bool IsPieceOf(ReadOnlySpan<byte> line, ReadOnlySpan<byte> piece)
    {
        ReadOnlySpan<byte> words = LogText.SkipBlanks(piece);
        // Behind a colon comes a list of lines, or a piece with its blank.
        return !words.IsEmpty && OomLine.KindOf(words) == OomLineKind.Body && !OomLine.HasName(words)
            && (IsUnfinished(line) || (line.EndsWith(":"u8) && words.Length < piece.Length));
    }

    /// <summary>True when no blank was where the line was cut.</summary>
    public static bool IsCutInWord(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest) =>
        !line.IsEmpty && (line[^1] is (byte)'=' or (byte)'/' or (byte)'-' or (byte)'_' || (line[^1] == ':' && !rest.IsEmpty && char.IsAsciiDigit((char)rest[0])));

    // "total-vm:47388kB," may be cut anywhere behind the name.
    private static bool IsOfKill(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest) =>
        line.EndsWith(","u8) || line.EndsWith(":"u8) || line.EndsWith("-"u8) || line.EndsWith(") "u8)
        || rest.StartsWith("total-vm:"u8) || rest.StartsWith("anon-rss:"u8) || rest.StartsWith("file-rss:"u8) || rest.StartsWith("shmem-rss:"u8)
        || rest.StartsWith("UID:"u8) || rest.StartsWith("pgtables:"u8) || rest.StartsWith("oom_score_adj:"u8);

    // "high:28kB active_anon:0kB": the line of a zone goes on.
    private static bool IsCounter(ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> word = LogText.TakeWord(ref rest);
        return MemoryLines.TrySplit(word, "kB"u8, out _, out _) || MemoryLines.TrySplit(word, default, out _, out _);
    }
}
