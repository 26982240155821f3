using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    [LibraryImport("libc")]
    private static partial void sync();

    public override void Sync() => sync();
}
