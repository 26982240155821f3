using System.Buffers.Text;
using System.Text;

namespace LinuxMemory;

/// <summary>
/// The first line of a report: "memtool invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0"; 2.6.32: "mysqld
/// invoked oom-killer: gfp_mask=0x201da, order=0, oom_adj=0".
/// </summary>
internal sealed record OomInvocation
{
    /// <summary>Who asked; null up to 2.6.16.</summary>
    public required string? Name { get; init; }

    /// <summary>The bits of the request; null when they are garbled.</summary>
    public ulong? Mask { get; private init; }

    /// <summary>The kernel's own names for them, "GFP_KERNEL|__GFP_ZERO"; null before 4.6.</summary>
    public string? MaskNames { get; private init; }

    public int? Order { get; private init; }

    public int? OomScoreAdj { get; private init; }

    public string? NodeMask { get; private init; }

    public static OomInvocation Read(ReadOnlySpan<byte> text)
    {
        int at = text.LastIndexOf(OomLine.Invoked);
        ReadOnlySpan<byte> facts = LogText.SkipBlanks(at < 0 ? text["oom-killer: ".Length..] : text[(at + OomLine.Invoked.Length)..]);
        ReadOnlySpan<byte> mask = facts;
        ulong? bits = null;
        string? names = null;
        if (LogText.TrySkip(ref mask, "gfp_mask=0x"u8) && Utf8Parser.TryParse(mask, out ulong value, out int length, 'x'))
        {
            bits = value;
            mask = mask[length..];
            int close = mask.IndexOf((byte)')');
            names = LogText.TrySkip(ref mask, "("u8) && close > 1 ? Encoding.UTF8.GetString(mask[..(close - 1)]) : null;
        }
        return new OomInvocation
        {
            Name = at < 0 ? null : LogText.Plain(text[..at]),
            Mask = bits,
            MaskNames = names,
            Order = LogText.TryFind(facts, " order="u8, out long order) && order is >= -1 and < 64 ? (int)order : null,
            OomScoreAdj = LogText.TryFind(facts, "oom_score_adj="u8, out long adjustment) && adjustment is >= -1000 and <= 1000 ? (int)adjustment : null,
            // Some kernels from 4.8 to 4.13 put two blanks before the order.
            NodeMask = NodesOf(LogText.Find(facts, "nodemask="u8, ", "u8)),
        };
    }

    /// <summary>A list of nodes; null for "(null)", which is no bounds.</summary>
    public static string? NodesOf(string? text) => text is null or "" or "(null)" ? null : text;

    /// <summary>The names of the request's bits: the kernel's, or those of its version.</summary>
    public IReadOnlyList<string> FlagsFor(string? release) =>
        MaskNames is not null ? MaskNames.Split('|') : Mask is ulong mask ? GfpNames.Of(mask, release) : [];
}
