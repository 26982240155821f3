namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    public override Errno ProbeWritable(string path)
    {
        try
        {
            // Opening a kernel file for writing does nothing until something is written.
            FileCalls.Open("/" + path, OpenFlags.WriteOnly | OpenFlags.NonBlocking).Dispose();
            return Errno.None;
        }
        catch (KernelException e)
        {
            return e.Errno;
        }
    }
}
