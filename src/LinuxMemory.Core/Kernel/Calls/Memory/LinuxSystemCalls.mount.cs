using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal const ulong NoSetUserId = 2;
    internal const ulong NoDevices = 4;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mount(string source, string target, string type, nuint flags, string options);

    internal override void Mount(KernelFile directory, string fileSystem, string options)
    {
        // By its descriptor: whoever puts a link in the directory's place meanwhile gets nothing mounted elsewhere.
        if (mount(fileSystem, $"/proc/self/fd/{directory.Number}", fileSystem, (nuint)(NoSetUserId | NoDevices), options) != 0)
        {
            throw new KernelException(LastErrno, nameof(mount), directory.Name);
        }
    }
}
