using System.Runtime.InteropServices;
using System.Text;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Core.Tests;

/// <summary>An edited file is a new one: what was attached to the old one must come along.</summary>
[Collection(nameof(StartsProcesses))]
public sealed partial class FileEditAttributeTests : IDisposable
{
    private const string Name = "user.owner";
    private const string Value = "the database team";
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Extended_attributes_come_along()
    {
        string file = _tree.Write("etc/linuxmemory.conf", "old\n");
        byte[] value = Encoding.UTF8.GetBytes(Value);
        Assert.SkipWhen(setxattr(file, Name, value, value.Length, 0) != 0, $"{file} lies on a file system without extended attributes of users.");

        Assert.True(_tree.Machine.Edit("etc/linuxmemory.conf", _ => "new\n"u8.ToArray()));

        byte[] found = new byte[100];
        long length = getxattr(file, Name, found, found.Length);
        Assert.Equal(("new\n", Value), (File.ReadAllText(file), Encoding.UTF8.GetString(found, 0, (int)length)));
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setxattr(string path, string name, byte[] value, nint size, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint getxattr(string path, string name, byte[] value, nint size);
}
