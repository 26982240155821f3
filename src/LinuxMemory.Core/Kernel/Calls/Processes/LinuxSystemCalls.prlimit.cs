using System.Globalization;
using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal override unsafe LimitPair ReadLimit(int id, int resource)
    {
        LimitPair now;
        return prlimit64(id, resource, null, &now) == 0 ? now : throw Refused(id);
    }

    internal override unsafe void WriteLimit(int id, int resource, LimitPair limit)
    {
        if (prlimit64(id, resource, &limit, null) != 0)
        {
            throw Refused(id);
        }
    }

    private static KernelException Refused(int id) => new(LastErrno, "prlimit", string.Create(CultureInfo.InvariantCulture, $"process {id}"));

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int prlimit64(int id, int resource, LimitPair* wanted, LimitPair* now);
}
