using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>
/// Lets a parameter of type ulong take an address as people write it: 0x7f2ffce60000, or a decimal number. PowerShell makes negative
/// numbers of 0xc0a81234 and 0xffffffffff600000, which mean those addresses here.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddressAttribute : ArgumentTransformationAttribute, ITextArgument
{
    /// <summary>The argument as an address, or as several; what is no text or number goes through unchanged for PowerShell to refuse.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">The text is no address.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? plain = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return plain switch
            {
                string text => Parse(text),
                long number => unchecked((ulong)number),
                int number => (ulong)unchecked((uint)number),
                IEnumerable several => several.Cast<object>().Select(one => Transform(engineIntrinsics, one)).ToArray(),
                _ => plain!,
            };
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    /// <inheritdoc />
    object ITextArgument.FromText(string text) => Parse(text);

    /// <summary>An address from a text such as "0x7f2ffce60000".</summary>
    /// <exception cref="FormatException">The text is no address; the message shows a right one.</exception>
    public static ulong Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string number = text.Trim();
        bool isHex = number.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(isHex ? number.AsSpan(2) : number, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ulong address)
            ? address : throw new FormatException($"'{text}' is not an address of at most 64 bits; write for example 0x7f2ffce60000.");
    }
}
