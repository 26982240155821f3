namespace LinuxMemory;

/// <summary>Names of systemd units in names of cgroups: "/system.slice/ssh.service".</summary>
internal static class CgroupUnit
{
    private static readonly string[] Kinds = [".service", ".scope", ".slice", ".socket", ".mount", ".swap"];

    /// <summary>The unit that a group belongs to: units can make groups below their own, so the last name that is a unit's counts.</summary>
    public static string? Of(string group)
    {
        int end = group.Length;
        while (end > 0)
        {
            int start = group.LastIndexOf('/', end - 1) + 1;
            ReadOnlySpan<char> name = group.AsSpan(start, end - start);
            if (IsUnit(name))
            {
                // systemd puts a _ before names that could be files of the kernel's.
                return name.TrimStart('_').ToString();
            }
            end = start - 1;
        }
        return null;
    }

    /// <summary>True for the group of the unit itself, not one that the unit made below it.</summary>
    public static bool IsOwn(string group) => IsUnit(group.AsSpan(group.LastIndexOf('/') + 1));

    private static bool IsUnit(ReadOnlySpan<char> name)
    {
        foreach (string kind in Kinds)
        {
            if (name.Length > kind.Length && name.EndsWith(kind, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }
}
