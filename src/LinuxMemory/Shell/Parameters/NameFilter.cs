using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>The names that the user asked for, with wildcards; without any, everything matches.</summary>
internal sealed class NameFilter(string[]? names)
{
    private readonly WildcardName[] _names = names?.Select(name => new WildcardName(name)).ToArray() ?? [];
    private readonly HashSet<WildcardName> _found = [];

    /// <summary>True when the name was asked for.</summary>
    public bool Takes(string name)
    {
        bool taken = _names.Length == 0;
        foreach (WildcardName wanted in _names.Where(wanted => wanted.IsMatch(name)))
        {
            _found.Add(wanted);
            taken = true;
        }
        return taken;
    }

    /// <summary>Reports each plain name that nothing had; a pattern may find nothing.</summary>
    public void ReportMissing(string thing, IShell shell)
    {
        foreach (WildcardName name in _names.Where(name => !name.HasWildcard && !_found.Contains(name)))
        {
            shell.Error(ErrorRecords.Make(ErrorIds.NameNotFound, ErrorCategory.ObjectNotFound,
                $"There is no {thing} called '{name.Pattern}'. Wildcards such as '*{name.Pattern}*' are permitted.", name.Pattern));
        }
    }
}
