using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>One parameter of the kernel command line that sets a memory setting.</summary>
internal sealed record CommandLineSetting(string Name, string Value, string Parameter);

/// <summary>/proc/cmdline: "quiet transparent_hugepage=never sysctl.vm.swappiness=10". Source: kernel-parameters.txt of the kernel.</summary>
public static class KernelCommandLine
{
    internal const string Path = "proc/cmdline";

    private const string SizeFolder = "transparent_hugepage.hugepages-";
    private const long SmallestPage = 4096;
    private const long LargestPage = 1L << 40;

    /// <summary>The parameters; null where the machine shows no command line.</summary>
    public static IReadOnlyList<string>? Parameters(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        try
        {
            return machine.TryReadText(Path) is string line ? Split(line) : null;
        }
        catch (KernelException)
        {
            return null;
        }
    }

    /// <summary>What the parameters set, in their order; of several for one setting the last counts.</summary>
    internal static IReadOnlyList<CommandLineSetting> Settings(Machine machine)
    {
        List<CommandLineSetting> settings = [];
        string? pageSize = null;
        foreach (string parameter in Parameters(machine) ?? [])
        {
            int equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                continue;
            }
            string name = parameter[..equals].Replace('-', '_');
            string value = parameter[(equals + 1)..];
            if (name == "hugepagesz")
            {
                pageSize = value;
            }
            foreach ((string setting, string set) in Read(machine, name, value, pageSize))
            {
                settings.Add(new CommandLineSetting(setting, set, parameter));
            }
        }
        return settings;
    }

    /// <summary>The parameters of a command line; quotes keep blanks inside one.</summary>
    internal static IReadOnlyList<string> Split(string line)
    {
        List<string> parameters = [];
        bool isQuoted = false;
        int start = 0;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (i == line.Length || (!isQuoted && char.IsWhiteSpace(line[i])))
            {
                if (i > start)
                {
                    parameters.Add(line[start..i].Replace("\"", "", StringComparison.Ordinal));
                }
                start = i + 1;
            }
        }
        return parameters;
    }

    private static IEnumerable<(string Setting, string Value)> Read(Machine machine, string name, string value, string? pageSize)
    {
        if (name.StartsWith("sysctl.", StringComparison.Ordinal) || name.StartsWith("sysctl/", StringComparison.Ordinal))
        {
            return [(name["sysctl.".Length..].Replace('/', '.'), value)];
        }
        if (SettingName.IsZswap(name))
        {
            return [(name, value)];
        }
        return name switch
        {
            "transparent_hugepage" => [("transparent_hugepage.enabled", value)],
            "transparent_hugepage_shmem" => [("transparent_hugepage.shmem_enabled", value)],
            "thp_anon" => PerSize(value, "enabled"),
            "thp_shmem" => PerSize(value, "shmem_enabled"),
            "numa_balancing" => [("kernel.numa_balancing", value == "enable" ? "1" : value == "disable" ? "0" : value)],
            "hugetlb_free_vmemmap" => [("vm.hugetlb_optimize_vmemmap", value is "on" or "1" or "y" ? "1" : "0")],
            "hugepages" when IsDefaultSize(machine, pageSize) => [("vm.nr_hugepages", Sum(value))],
            _ => [],
        };
    }

    // "16K,64K:always;128K-512K:inherit"
    private static IEnumerable<(string Setting, string Value)> PerSize(string value, string file)
    {
        foreach (string group in value.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = group.LastIndexOf(':');
            foreach (string range in colon < 0 ? [] : group[..colon].Split(','))
            {
                string[] ends = range.Split('-');
                long? from = Bytes(ends[0]);
                long? to = Bytes(ends[^1]);
                for (long? size = from; size >= SmallestPage && size <= to && size <= LargestPage; size *= 2)
                {
                    yield return ($"{SizeFolder}{size >> 10}kB.{file}", group[(colon + 1)..]);
                }
            }
        }
    }

    // hugepages= counts pages of the size that stands before it; without one, of the default size.
    private static bool IsDefaultSize(Machine machine, string? pageSize) =>
        pageSize is null || (machine.TryRead("proc/meminfo") is KernelReader meminfo && Bytes(pageSize) == DefaultSize(meminfo));

    private static long? DefaultSize(KernelReader meminfo)
    {
        using (meminfo)
        {
            return MemInfoFile.Parse(meminfo, default).Hugepagesize;
        }
    }

    // "512" or "0:256,1:256"
    private static string Sum(string value)
    {
        long sum = 0;
        foreach (string part in value.Split(','))
        {
            if (!long.TryParse(part.AsSpan(part.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long pages) || pages > int.MaxValue)
            {
                return value;
            }
            sum += pages;
        }
        return sum.ToString(CultureInfo.InvariantCulture);
    }

    private static long? Bytes(string size)
    {
        int shift = size.Length == 0 ? 0 : char.ToUpperInvariant(size[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        return long.TryParse(shift == 0 ? size : size.AsSpan(0, size.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number <= long.MaxValue >> (shift + 1) ? number << shift : null;
    }
}
