namespace LinuxMemory.Kernel;

/// <summary>
/// /dev/kmsg, a record each read: "6,500,8111419,-;text", lines of properties behind it with a blank before them. It ends where the
/// newest record does. Records that are overwritten while we read are lost (EPIPE), and reading goes on behind them.
/// </summary>
internal sealed class KernelLogStream(KernelFile file) : ForwardStream
{
    // CONSOLE_EXT_LOG_MAX: a read into less fails.
    private const int LongestRecord = 8192;

    private bool _hasBegun;

    /// <summary>True when the ring buffer had dropped its oldest records before the reading began: their numbers begin at 0.</summary>
    public bool StartsLate { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        int filled = 0;
        while (buffer.Length - filled >= LongestRecord)
        {
            try
            {
                int count = file.Read(buffer[filled..]);
                if (count == 0)
                {
                    break;
                }
                StartsLate |= !_hasBegun && !IsFirst(buffer.Slice(filled, count));
                _hasBegun = true;
                filled += count;
            }
            catch (KernelException e) when (e.Errno == Errno.EAGAIN)
            {
                break;
            }
            catch (KernelException e) when (e.Errno == Errno.EPIPE)
            {
                // The next read begins at the oldest record that is left.
                StartsLate |= !_hasBegun;
            }
        }
        return filled;
    }

    private static bool IsFirst(ReadOnlySpan<byte> record)
    {
        int comma = record.IndexOf((byte)',');
        return comma >= 0 && record[(comma + 1)..].StartsWith("0,"u8);
    }

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
