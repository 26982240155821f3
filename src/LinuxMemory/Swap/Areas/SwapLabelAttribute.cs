using System.Globalization;
using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Takes a label that fits the header of a swap area, and says otherwise what does.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SwapLabelAttribute : ArgumentTransformationAttribute, ITextArgument
{
    /// <summary>The text as it was given.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It does not fit.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? plain = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            // A label of digits comes as a number.
            return plain is null ? "" : Require(Convert.ToString(plain, CultureInfo.InvariantCulture)!);
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    /// <inheritdoc />
    object ITextArgument.FromText(string text) => Require(text);

    private static string Require(string text)
    {
        SwapHeader.LabelBytes(text);
        return text;
    }
}
