using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Lets a parameter of type long take a limit: a size as people write it, or max for none.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ByteLimitAttribute : ArgumentTransformationAttribute, ITextArgument
{
    private static readonly ByteSizeAttribute Size = new();

    /// <summary>The argument as bytes; for max <see cref="CgroupValueFile.Unlimited"/>.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">The text is neither a size nor max.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? plain = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return plain is string text && IsUnlimited(text) ? CgroupValueFile.Unlimited : Size.Transform(engineIntrinsics, inputData);
    }

    /// <inheritdoc />
    object ITextArgument.FromText(string text) => IsUnlimited(text) ? CgroupValueFile.Unlimited : ByteSizeAttribute.Parse(text);

    // As the kernel, systemd and ulimit write it.
    private static bool IsUnlimited(string text) => text.Trim().ToUpperInvariant() is "MAX" or "INFINITY" or "UNLIMITED";
}
