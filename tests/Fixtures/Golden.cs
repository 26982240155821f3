namespace LinuxMemory.Fixtures;

/// <summary>Expected texts under tests/Golden. LINUXMEMORY_UPDATE_GOLDEN=1 writes them anew; read the difference before committing it.</summary>
public static class Golden
{
    /// <summary>Set when the files are to be written, not compared.</summary>
    public static bool IsUpdated => Environment.GetEnvironmentVariable("LINUXMEMORY_UPDATE_GOLDEN") == "1";

    /// <summary>The absolute path of an expected text.</summary>
    public static string PathOf(params string[] parts) => Checkout.Path(["tests", "Golden", .. parts]);

    /// <summary>Compares a text with the expected one.</summary>
    public static void Check(string actual, params string[] parts)
    {
        string path = PathOf(parts);
        if (IsUpdated)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }
        string expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected != actual)
        {
            throw new InvalidOperationException($"""
                {Path.GetRelativePath(Checkout.Root, path)} {Difference(expected, actual)}
                If this is what it should be: LINUXMEMORY_UPDATE_GOLDEN=1 dotnet test, and read the difference with git.
                """);
        }
    }

    private static string Difference(string expected, string actual)
    {
        string[] wanted = expected.Split('\n');
        string[] found = actual.Split('\n');
        int line = wanted.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"differs in line {line + 1}: expected '{wanted.ElementAtOrDefault(line)}', found '{found.ElementAtOrDefault(line)}'.";
    }
}
