using System.Globalization;
using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Takes a UUID in any of its spellings and hands on the usual one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SwapUuidAttribute : ArgumentTransformationAttribute, ITextArgument
{
    /// <summary>The UUID in lower case.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is none.</exception>
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

    private static string Require(string text) => Guid.TryParse(text, out Guid uuid)
        ? uuid.ToString()
        : throw new FormatException($"'{text}' is no UUID; write for example {Guid.NewGuid()}, or (New-Guid).");
}
