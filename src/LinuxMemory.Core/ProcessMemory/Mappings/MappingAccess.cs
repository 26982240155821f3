using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The four rights in a line of maps.</summary>
[Flags]
internal enum MappingAccess : byte
{
    None = 0,
    Read = 1,
    Write = 2,
    Execute = 4,
    Shared = 8,
}

/// <summary>"rw-p" and its like: there are sixteen, so each exists once as text.</summary>
internal static class MappingAccessText
{
    private static readonly string[] Texts = [.. Enumerable.Range(0, 16).Select(value => Write((MappingAccess)value))];

    public static string Of(MappingAccess access) => Texts[(int)access];

    public static MappingAccess Take(ref KernelLine line)
    {
        ReadOnlySpan<byte> field = line.TakeField();
        if (field.Length != 4 || field[3] is not ((byte)'p' or (byte)'s'))
        {
            throw line.Malformed("rights such as rw-p");
        }
        MappingAccess access = field[3] == 's' ? MappingAccess.Shared : MappingAccess.None;
        for (int i = 0; i < 3; i++)
        {
            if (field[i] == "rwx"u8[i])
            {
                access |= (MappingAccess)(1 << i);
            }
            else if (field[i] != '-')
            {
                throw line.Malformed("rights such as rw-p");
            }
        }
        return access;
    }

    private static string Write(MappingAccess access) => string.Concat(
        (access & MappingAccess.Read) != 0 ? "r" : "-",
        (access & MappingAccess.Write) != 0 ? "w" : "-",
        (access & MappingAccess.Execute) != 0 ? "x" : "-",
        (access & MappingAccess.Shared) != 0 ? "s" : "p");
}
