using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LinuxMemory.Benchmarks;

/// <summary>A child process with many mappings: pages side by side that may be read, and may be written and were.</summary>
internal sealed partial class ManyMappings : IDisposable
{
    public const string Argument = "hold-mappings";

    private const int ReadOnly = 1;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly Process _child;

    public ManyMappings(int count)
    {
        _child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument, count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        if (_child.StandardOutput.ReadLine() is not "ready")
        {
            throw new InvalidOperationException($"A process with {count} mappings cannot be made; vm.max_map_count must allow it.");
        }
    }

    public int Id => _child.Id;

    /// <summary>What the child does: maps, and waits until its input ends.</summary>
    public static void Hold(int count)
    {
        nint page = Environment.SystemPageSize;
        int more = count - File.ReadLines("/proc/self/maps").Count();
        nint start = mmap(0, more * page, ReadOnly, PrivateAnonymous, -1, 0);
        for (int i = 0; i < more; i += 2)
        {
            nint address = start + (i * page);
            if (mprotect(address, page, ReadWrite) != 0)
            {
                Console.WriteLine("no");
                return;
            }
            Marshal.WriteByte(address, 1);
        }
        Console.WriteLine("ready");
        Console.In.ReadToEnd();
    }

    public void Dispose()
    {
        _child.StandardInput.Close();
        _child.WaitForExit();
        _child.Dispose();
    }

    [LibraryImport("libc")]
    private static partial nint mmap(nint address, nint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc")]
    private static partial int mprotect(nint address, nint length, int protection);
}
