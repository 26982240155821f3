using System.Runtime.InteropServices;

namespace LinuxMemory.Kernel;

/// <summary>Flags of open(2). Two of them differ by architecture: ARM and POWER have their own numbers.</summary>
internal static class OpenFlags
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int Truncate = 0x200;
    public const int Append = 0x400;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int PathOnly = 0x200000;

    public static int Directory => HasOwnNumbers ? 0x4000 : 0x10000;

    public static int NoFollow => HasOwnNumbers ? 0x8000 : 0x20000;

    private static bool HasOwnNumbers => RuntimeInformation.ProcessArchitecture
        is Architecture.Arm or Architecture.Arm64 or Architecture.Armv6 or Architecture.Ppc64le;
}
