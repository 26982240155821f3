using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    [LibraryImport("libc")]
    private static partial int geteuid();

    public override int EffectiveUserId => geteuid();
}
