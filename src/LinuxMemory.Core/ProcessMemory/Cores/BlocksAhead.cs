using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// Gives a file blocks before its bytes come, which makes the copy into the page cache half as long: ext4 need not reserve them page
/// by page. The further the bytes go on without a gap, the more are given at once, so that few stay without bytes.
/// </summary>
internal sealed class BlocksAhead(SystemCalls calls, KernelFile file)
{
    // Shorter stretches are not worth a call.
    private const int Least = 64 * 1024;

    private const long Most = 32 << 20;

    private readonly object _lock = new();
    private bool _isRefused;
    private long _start;
    private long _end;
    private long _next;

    /// <summary>Gives blocks for bytes that are to be written, and for some of the <paramref name="rest"/>, which begins with them.</summary>
    /// <exception cref="KernelException">There is no room.</exception>
    public void For(long offset, int length, long rest)
    {
        if (length < Least)
        {
            return;
        }
        lock (_lock)
        {
            if (_isRefused || (offset >= _start && offset + length <= _end))
            {
                return;
            }
            long size = Math.Min(Math.Max(length, _next), rest);
            try
            {
                calls.Allocate(file, offset, size);
            }
            catch (KernelException e) when (e.Errno is Errno.EOPNOTSUPP or Errno.ENOSYS)
            {
                // ext2, and NFS before 4.2.
                _isRefused = true;
            }
            (_start, _end, _next) = (offset, offset + size, Math.Min(2 * size, Most));
        }
    }

    /// <summary>Says that there is a gap: what follows begins small again.</summary>
    public void Gap()
    {
        lock (_lock)
        {
            _next = 0;
        }
    }
}
