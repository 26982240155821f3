using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

/// <summary>An open descriptor with the absolute path it was opened by.</summary>
internal sealed class KernelFile : SafeHandle
{
    public KernelFile(int descriptor, string name)
        : base(-1, ownsHandle: true)
    {
        SetHandle(descriptor);
        Name = name;
    }

    /// <summary>No file: what is left behind when a descriptor was handed on.</summary>
    public static KernelFile None => new(-1, "");

    public string Name { get; }

    public override bool IsInvalid => handle == -1;

    /// <summary>The descriptor's number, for paths under /proc/self/fd; valid while this object is held.</summary>
    public int Number => (int)handle;

    /// <summary>A path that means this very file, whatever its name means by now; valid while this object is held.</summary>
    public string PathOfItself => $"/proc/self/fd/{Number}";

    /// <summary>Reads what comes next; 0 at the end.</summary>
    public int Read(Span<byte> buffer) => FileCalls.Read(this, buffer);

    protected override bool ReleaseHandle() => FileCalls.Close((int)handle);
}
