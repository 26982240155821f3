using System.Reflection;

namespace LinuxMemory.Fixtures;

/// <summary>The checkout that the tests were built from.</summary>
public static class Checkout
{
    /// <summary>The absolute path of its root.</summary>
    public static string Root { get; } = typeof(Checkout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The absolute path of a file or folder in it.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Join([Root, .. parts]);
}
