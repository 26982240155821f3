using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>One line of a tuned profile that sets a setting; the key is a path from the root and may hold a pattern.</summary>
internal sealed record TunedLine(string Path, string Value, string File, int Line)
{
    /// <summary>True when tuned computes the value from variables, which only tuned can do.</summary>
    public bool IsComputed => Value.Contains("${", StringComparison.Ordinal);
}

/// <summary>
/// The active profile of tuned: tuned.conf with the sections [sysctl], [sysfs] and [vm], after the profiles it includes.
/// Source: tuned-profiles(7), tuned.conf(5).
/// </summary>
internal static class TunedProfile
{
    private const string Service = "etc/systemd/system/multi-user.target.wants/tuned.service";

    // The older layout and the one since 2.24, what people write before what packages bring.
    private static readonly string[] Folders = ["etc/tuned/profiles", "etc/tuned", "usr/lib/tuned/profiles", "usr/lib/tuned"];

    /// <summary>The lines of the active profiles in the order in which they count; empty when tuned does not start at boot.</summary>
    public static IReadOnlyList<TunedLine> Read(Machine machine, ConfigurationFiles files)
    {
        List<TunedLine> lines = [];
        if (IsLink(machine, Service) && ReadText("etc/tuned/active_profile", files) is string active)
        {
            HashSet<string> seen = new(StringComparer.Ordinal);
            foreach (string profile in active.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
            {
                Add(machine, profile, seen, lines, files);
            }
        }
        return lines;
    }

    /// <summary>True when tuned lets /run/sysctl.d, /etc/sysctl.d and /etc/sysctl.conf win over its profile, as it does by default.</summary>
    public static bool ReappliesSysctl(ConfigurationFiles files)
    {
        foreach (string line in (ReadText("etc/tuned/tuned-main.conf", files) ?? "").Split('\n'))
        {
            string[] parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is ["reapply_sysctl", string value])
            {
                return value is "1" or "true" or "True" or "yes";
            }
        }
        return true;
    }

    private static void Add(Machine machine, string profile, HashSet<string> seen, List<TunedLine> lines, ConfigurationFiles files)
    {
        if (profile.Contains('/', StringComparison.Ordinal) || !seen.Add(profile) || Find(machine, profile) is not string path)
        {
            return;
        }
        List<TunedLine> own = [];
        using KernelReader? reader = files.Open(path);
        string section = "";
        while (reader is not null && reader.ReadLine(out KernelLine line))
        {
            string text = Encoding.UTF8.GetString(line.Text).Trim();
            if (text.Length == 0 || text[0] is '#' or ';')
            {
                continue;
            }
            if (text[0] == '[' && text[^1] == ']')
            {
                section = text[1..^1];
                continue;
            }
            string[] parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is ["include", string included] && section == "main")
            {
                foreach (string other in included.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
                {
                    Add(machine, other, seen, lines, files);
                }
            }
            else if (parts.Length == 2 && PathOf(section, parts[0]) is string target)
            {
                own.Add(new TunedLine(target, parts[1].Trim('"'), reader.Name, line.Number));
            }
        }
        lines.AddRange(own);
    }

    private static string? PathOf(string section, string key) => section switch
    {
        "sysctl" => "proc/sys/" + SysctlFile.Normalize(key),
        "sysfs" => key.TrimStart('/'),
        "vm" when key is "transparent_hugepages" or "transparent_hugepage" => "sys/kernel/mm/transparent_hugepage/enabled",
        "vm" when key is "transparent_hugepage.defrag" or "transparent_hugepages.defrag" => "sys/kernel/mm/transparent_hugepage/defrag",
        "vm" when key.StartsWith("dirty_", StringComparison.Ordinal) => "proc/sys/vm/" + key,
        _ => null,
    };

    private static string? Find(Machine machine, string profile) =>
        Folders.Select(folder => $"{folder}/{profile}/tuned.conf").FirstOrDefault(machine.Exists);

    private static string? ReadText(string path, ConfigurationFiles files)
    {
        using KernelReader? reader = files.Open(path);
        return reader?.ReadText();
    }

    private static bool IsLink(Machine machine, string path)
    {
        try
        {
            return machine.ReadLink(path).Length > 0;
        }
        catch (KernelException)
        {
            return false;
        }
    }
}
