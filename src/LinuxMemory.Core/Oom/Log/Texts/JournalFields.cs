namespace LinuxMemory;

/// <summary>What is wanted of an entry.</summary>
internal sealed class JournalFields
{
    // Longer ones are cut, as lines of logs are.
    private const int LongestMessage = 64 * 1024;

    /// <summary>True when the journal itself says that the kernel wrote it.</summary>
    public bool IsKernel { get; private set; }

    /// <summary>Microseconds since 1970.</summary>
    public string? Time { get; private set; }

    /// <summary>Microseconds since the start.</summary>
    public string? Uptime { get; private set; }

    /// <summary>What was said.</summary>
    public MemoryStream Message { get; } = new();

    /// <summary>Another entry begins.</summary>
    public void Clear()
    {
        (IsKernel, Time, Uptime) = (false, null, null);
        Message.SetLength(0);
    }

    /// <summary>Takes a field with its value.</summary>
    public void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("_TRANSPORT"u8))
        {
            IsKernel = value.SequenceEqual("kernel"u8);
        }
        else if (name.SequenceEqual("__REALTIME_TIMESTAMP"u8))
        {
            Time = LogText.Plain(value);
        }
        else if (name.SequenceEqual("_SOURCE_MONOTONIC_TIMESTAMP"u8))
        {
            Uptime = LogText.Plain(value);
        }
        else if (name.SequenceEqual("MESSAGE"u8))
        {
            Message.SetLength(0);
            Append(value);
        }
    }

    /// <summary>The message goes on.</summary>
    public void Append(ReadOnlySpan<byte> more) => Message.Write(more[..(int)Math.Min(more.Length, LongestMessage - Message.Length)]);
}
