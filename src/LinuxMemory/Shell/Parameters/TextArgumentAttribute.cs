using System.Globalization;
using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Takes a text of a certain form, whatever type it comes as: a text of digits comes as a number.</summary>
public abstract class TextArgumentAttribute : ArgumentTransformationAttribute, ITextArgument
{
    /// <summary>The text in the form that is handed on; empty for null.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It has another form.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? plain = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return plain is null ? "" : Require(Convert.ToString(plain, CultureInfo.InvariantCulture)!);
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    /// <inheritdoc />
    object ITextArgument.FromText(string text) => Require(text);

    /// <summary>The text in the form that is handed on.</summary>
    /// <exception cref="FormatException">It has another form; the message says which is right.</exception>
    protected abstract string Require(string text);
}
