using System.Globalization;
using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>
/// Lets a parameter of type long take a size as people write it: 512MB, 2GiB, 1.5G, 4096. As in PowerShell and in the
/// kernel, K, KB and KiB are all 1024 bytes.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ByteSizeAttribute : ArgumentTransformationAttribute, ITextArgument
{
    private const string Units = "KMGTPE";
    private const string Unlimited = "unlimited";

    /// <summary>True where a limit is asked for: the word unlimited then is the largest number there is.</summary>
    public bool AllowUnlimited { get; set; }

    /// <summary>The argument as bytes; what is no text or number goes through unchanged for PowerShell to refuse.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">The text is no size.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? plain = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return plain switch
            {
                string text => ParseLimit(text),
                double or float or decimal => Parse(string.Create(CultureInfo.InvariantCulture, $"{plain:F0}")),
                _ => plain!,
            };
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    /// <inheritdoc />
    object ITextArgument.FromText(string text) => ParseLimit(text);

    /// <summary>Bytes from a text such as "1.5G".</summary>
    /// <exception cref="FormatException">The text is no size; the message shows right ones.</exception>
    public static long Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string number = text.Trim();
        int letters = number.Length;
        while (letters > 0 && char.IsAsciiLetter(number[letters - 1]))
        {
            letters--;
        }
        int shift = Shift(number[letters..], text);
        return decimal.TryParse(number[..letters].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            ? FromNumber(value, text, shift)
            : throw NoSize(text);
    }

    private long ParseLimit(string text) => AllowUnlimited && text.Trim().Equals(Unlimited, StringComparison.OrdinalIgnoreCase) ? long.MaxValue : Parse(text);

    private static int Shift(string unit, string text)
    {
        string upper = unit.ToUpperInvariant();
        if (upper is "" or "B")
        {
            return 0;
        }
        int power = Units.IndexOf(upper[0], StringComparison.Ordinal);
        return power >= 0 && (upper[1..] is "" or "B" or "IB") ? 10 * (power + 1) : throw NoSize(text);
    }

    private static long FromNumber(decimal value, string text, int shift)
    {
        try
        {
            return decimal.ToInt64(value * (1L << shift));
        }
        catch (OverflowException)
        {
            throw NoSize(text);
        }
    }

    private static FormatException NoSize(string text) =>
        new($"'{text}' is not a size; write for example 512MB, 2GiB, 1.5G or a number of bytes.");
}
