using System.Runtime.InteropServices;
using System.Text;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    internal const short PollIn = 0x1;
    internal const short PollPriority = 0x2;
    internal const short PollError = 0x8;

    public override bool WaitForPressure(string path, string trigger, Func<bool> isSo, TimeSpan? timeout, CancellationToken stopping)
    {
        using KernelFile pressure = FileCalls.Open(path, OpenFlags.ReadWrite | OpenFlags.NonBlocking);
        // The kernel puts its own end over the last byte.
        byte[] text = Encoding.ASCII.GetBytes(trigger + "\0");
        if (write(pressure, text, text.Length) < 0)
        {
            throw new KernelException(LastErrno, "write a trigger into", path);
        }
        using KernelFile wake = MakeEvent();
        using CancellationTokenRegistration stops = stopping.Register(() => Signal(wake));
        return Poll(pressure, wake, isSo, timeout);
    }

    // True when the trigger fired; false when the time is over or the event woke us. Sleeps in the kernel all the while.
    private static bool Poll(KernelFile pressure, KernelFile wake, Func<bool> isSo, TimeSpan? timeout)
    {
        PollEntry[] entries =
        [
            new() { Descriptor = pressure.Number, Events = PollPriority },
            new() { Descriptor = wake.Number, Events = PollIn },
        ];
        long start = Environment.TickCount64;
        while (true)
        {
            // poll counts milliseconds in 31 bits, 24 days: whoever waits longer waits again.
            double left = timeout is TimeSpan limit ? Math.Ceiling(limit.TotalMilliseconds) - (Environment.TickCount64 - start) : int.MaxValue;
            int ready = poll(entries, (nuint)entries.Length, (int)Math.Clamp(left, 0, int.MaxValue));
            if (ready < 0 && LastErrno != Errno.EINTR)
            {
                throw new KernelException(LastErrno, nameof(poll), pressure.Name);
            }
            // A group that is removed answers with an error beside the event.
            if (ready > 0 && (entries[0].Returned & PollError) != 0)
            {
                throw new KernelException(Errno.ENODEV, nameof(poll), pressure.Name);
            }
            if (ready > 0 && (entries[1].Returned != 0 || isSo()))
            {
                return entries[1].Returned == 0;
            }
            if (timeout is not null && left <= int.MaxValue && Environment.TickCount64 - start >= timeout.Value.TotalMilliseconds)
            {
                return false;
            }
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll([In, Out] PollEntry[] entries, nuint count, int timeout);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
