using System.Globalization;
using System.IO.Enumeration;

namespace LinuxMemory.Kernel;

/// <summary>Names in an open directory, read through its descriptor so that nobody can exchange it meanwhile.</summary>
internal static class DirectoryNames
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public static List<string> Of(KernelFile directory) =>
        Collect(directory, (ref FileSystemEntry entry) => entry.FileName.ToString(), null);

    public static List<int> NumbersOf(KernelFile directory) =>
        Collect(directory, (ref FileSystemEntry entry) => int.Parse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture),
            (ref FileSystemEntry entry) => int.TryParse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    public static List<string> DirectoriesOf(KernelFile directory) =>
        Collect(directory, (ref FileSystemEntry entry) => entry.FileName.ToString(),
            (ref FileSystemEntry entry) => entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0);

    private static List<T> Collect<T>(
        KernelFile directory, FileSystemEnumerable<T>.FindTransform transform, FileSystemEnumerable<T>.FindPredicate? predicate)
    {
        string path = $"/proc/self/fd/{directory.Number}";
        try
        {
            List<T> names = [.. new FileSystemEnumerable<T>(path, transform, Everything) { ShouldIncludePredicate = predicate }];
            GC.KeepAlive(directory);
            return names;
        }
        catch (UnauthorizedAccessException)
        {
            throw new KernelException(Errno.EACCES, "list", directory.Name);
        }
        catch (IOException)
        {
            throw new KernelException(Errno.ENOENT, "list", directory.Name);
        }
    }
}
