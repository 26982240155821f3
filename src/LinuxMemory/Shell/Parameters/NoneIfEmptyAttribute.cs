using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Takes an empty cell of a CSV file for no value, of which PowerShell makes the number 0.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NoneIfEmptyAttribute : ArgumentTransformationAttribute
{
    /// <summary>Null for an empty text, and the argument itself for all else.</summary>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is "" ? null! : inputData;
}
