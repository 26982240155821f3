namespace LinuxMemory.Commands;

/// <summary>Takes a UUID in any of its spellings and hands on the usual one, in lower case.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SwapUuidAttribute : TextArgumentAttribute
{
    /// <inheritdoc />
    protected override string Require(string text) => Guid.TryParse(text, out Guid uuid)
        ? uuid.ToString()
        : throw new FormatException($"'{text}' is no UUID; write for example {Guid.NewGuid()}, or (New-Guid).");
}
