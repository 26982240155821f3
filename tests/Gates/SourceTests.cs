using System.Text.RegularExpressions;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Gates;

/// <summary>Rules about the source text.</summary>
public partial class SourceTests
{
    private const int MostLines = 300;

    [Fact]
    public void Only_the_kernel_floor_knows_where_kernel_files_lie()
    {
        IEnumerable<string> found = Sources("src").Where(path => !path.Contains("/LinuxMemory.Core/Kernel/", StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(path).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && KernelPath().IsMatch(line))
                .Select(line => $"{Path.GetFileName(path)}: {line.Trim()}"));

        Assert.Empty(found);
    }

    [Fact]
    public void No_file_has_more_than_300_lines()
    {
        IEnumerable<string> found = Sources("src").Concat(Sources("tests"))
            .Select(path => (Path: path, Lines: File.ReadLines(path).Count())).Where(file => file.Lines > MostLines)
            .Select(file => $"{Path.GetRelativePath(Checkout.Root, file.Path)}: {file.Lines} lines");

        Assert.Empty(found);
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.GetFiles(Checkout.Path(folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex("\"/(proc|sys)[/\"]")]
    private static partial Regex KernelPath();
}
