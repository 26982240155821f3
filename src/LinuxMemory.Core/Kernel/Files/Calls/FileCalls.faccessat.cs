using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal static partial class FileCalls
{
    private const int WriteAccess = 2;
    private const int AtEffectiveAccess = 0x200;

    /// <summary>True when this process may write to an open file.</summary>
    public static bool CanWrite(KernelFile file) =>
        faccessat(file, $"/proc/self/fd/{file.Number}", WriteAccess, AtEffectiveAccess) == 0;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int faccessat(KernelFile directory, string path, int mode, int flags);
}
