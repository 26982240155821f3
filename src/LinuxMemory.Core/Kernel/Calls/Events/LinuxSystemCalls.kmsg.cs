using System.Diagnostics;

namespace LinuxMemory.Kernel;

internal sealed partial class LinuxSystemCalls
{
    public const string KernelLog = "/dev/kmsg";

    internal override DateTimeOffset StartTime => DateTimeOffset.Now - Stopwatch.GetElapsedTime(0);

    internal override Stream OpenKernelLog() => new KernelLogStream(FileCalls.Open(KernelLog, OpenFlags.ReadOnly | OpenFlags.NonBlocking));

    internal override Stream? OpenJournal(DateTimeOffset? since) => JournalProgram.Start(since);
}
