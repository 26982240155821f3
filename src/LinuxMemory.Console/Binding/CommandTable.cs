using LinuxMemory.Commands;

namespace LinuxMemory.CommandLine;

/// <summary>The cmdlets of the module by name. A class is called as its cmdlet, without the hyphen and with Command.</summary>
internal static class CommandTable
{
    private const string Suffix = "Command";

    /// <summary>All cmdlets by noun, then verb, as people look for them.</summary>
    public static IReadOnlyList<Command> All => [.. Types().Select(Command.From)
        .OrderBy(command => command.Name[(command.Name.IndexOf('-', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal)
        .ThenBy(command => command.Name, StringComparer.Ordinal)];

    /// <summary>The cmdlet of a name, whatever its case.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static Command Find(string name)
    {
        // Only the one class is looked into: most of the time between start and output goes there.
        string className = name.Replace("-", "", StringComparison.Ordinal) + Suffix;
        Type? type = name.Contains('-', StringComparison.Ordinal)
            ? Types().FirstOrDefault(t => string.Equals(t.Name, className, StringComparison.OrdinalIgnoreCase))
            : null;
        return type is not null ? Command.From(type) : throw Unknown(name);
    }

    private static IEnumerable<Type> Types() => typeof(MemoryCmdlet).Assembly.GetExportedTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(MemoryCmdlet)));

    private static UsageException Unknown(string name)
    {
        string[] names = [.. All.Select(command => command.Name)];
        string[] sameNoun = [.. names.Where(n => string.Equals(n[(n.IndexOf('-', StringComparison.Ordinal) + 1)..], name, StringComparison.OrdinalIgnoreCase))];
        string hint = Suggestion.For(name, names, sameNoun) is string near ? $"did you mean {near}?" : "a right one is for example Get-MemInfo.";
        return new UsageException($"'{name}' is no cmdlet of LinuxMemory; {hint} 'linuxmemory --help' lists them all.");
    }
}
