using System.Collections;
using System.Globalization;
using System.Text;

namespace LinuxMemory.Commands;

/// <summary>The default view of an OomEvent: a short incident report. Works for events of other sessions, too.</summary>
public static class OomEventText
{
    private const int Others = 3;
    private const int Width = 79;
    private const int Label = 9;
    private const int LongestPath = 48;

    // Keeps a number and its unit on one line.
    private const char Together = '\u00A0';

    /// <summary>The report.</summary>
    public static string Format(object item)
    {
        ArgumentNullException.ThrowIfNull(item);
        StringBuilder text = new();
        Wrap(text, "", $"{When(item)}  {Headline(item)}", 0);
        Line(text, "Why", Why(item));
        Line(text, "Asked by", Asked(item));
        Line(text, "Victim", Victim(item));
        Line(text, "Group", Group(item));
        Line(text, "Memory", Memory(item));
        Line(text, "Others", OtherTasks(item));
        Line(text, "From", From(item));
        return text.Replace(Together, ' ').ToString();
    }

    /// <summary>The moment of an event in local time; "-" when nothing dates it.</summary>
    public static string When(object item)
    {
        ArgumentNullException.ThrowIfNull(item);
        string sign = Shown.Text(item, "IsTimeEstimated") == "True" ? "~" : "";
        return Display.Moment(Shown.Value(item, "Time") is DateTimeOffset known ? known : Shown.Text(item, "Time")) is DateTimeOffset time
            ? sign + time.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : Shown.Text(item, "SinceBoot") is string uptime ? $"{uptime} after boot" : "at an unknown time";
    }

    /// <summary>Where memory had run out, in a few letters.</summary>
    public static string Where(object item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Display.Text(Shown.Value(item, "Cgroup") ?? Shown.Text(item, "Scope"));
    }

    private static string Headline(object item)
    {
        string who = Process(item, "VictimId", "VictimName");
        string user = Shown.Number(item, "VictimUserId") is long id ? string.Create(CultureInfo.InvariantCulture, $" of user {id}") : "";
        return Shown.Text(item, "Outcome") switch
        {
            "Killed" => Shown.Text(item, "IsGroupKill") == "True" ? $"The kernel killed {who}{user} and its group" : $"The kernel killed {who}{user}",
            "AlreadyExiting" => $"{who} was chosen and was already exiting",
            "NoVictim" => "Nothing could be killed",
            "Panic" => "The kernel panicked for want of memory",
            _ => who == "-" ? "A report whose end is not in the log" : $"{who}{user} was chosen; the log ends there",
        };
    }

    private static string Why(object item)
    {
        string cgroup = Display.Text(Shown.Value(item, "Cgroup"));
        string reason = Shown.Text(item, "Scope") switch
        {
            "System" => "the machine was out of memory",
            "Cgroup" => cgroup == "-" ? "a cgroup reached its limit" : $"the cgroup {cgroup} reached its limit",
            "Cpuset" => $"the nodes of the cpuset {Display.Text(Shown.Value(item, "Cpuset"))} ({Display.Text(Shown.Value(item, "MemsAllowed"))}) were full",
            "Policy" => $"the nodes of a memory policy ({Display.Text(Shown.Value(item, "NodeMask"))}) were full",
            _ => "the log does not say what had run out",
        };
        return reason + (Shown.Text(item, "IsSysRq") == "True" ? ", and an administrator asked for a kill by SysRq" : "")
            + (Shown.Text(item, "IsAllocatingTask") == "True" ? "; vm.oom_kill_allocating_task takes who asks" : "");
    }

    private static string? Asked(object item)
    {
        if (Shown.Value(item, "Invoker") is null)
        {
            return null;
        }
        string size = Shown.Number(item, "Order") switch
        {
            null or < 0 => "",
            0 => " for 1 page",
            long order => string.Create(CultureInfo.InvariantCulture, $" for {1L << (int)Math.Min(order, 62)} pages in a row"),
        };
        return $"{Process(item, "InvokerId", "Invoker")}{size}, {Display.Text(Shown.Value(item, "GfpMask"))}";
    }

    private static string? Victim(object item)
    {
        List<string> parts = [];
        Add(parts, item, "AnonRss", "anonymous");
        Add(parts, item, "FileRss", "files");
        Add(parts, item, "ShmemRss", "shared");
        Add(parts, item, "PageTables", "page tables");
        Add(parts, item, "Swap", "swap");
        if (Shown.Number(item, "OomScoreAdj") is long adjustment)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"oom_score_adj {adjustment}"));
        }
        if (Shown.Value(item, "SacrificedForId") is not null)
        {
            parts.Add($"a child of {Process(item, "SacrificedForId", "SacrificedForName")}, killed in its place");
        }
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    private static string? Group(object item) => Shown.Text(item, "IsGroupKill") == "True" && Shown.Value(item, "Victims") is IEnumerable victims
        ? string.Join(", ", victims.Cast<object>().Select(victim => Process(victim, "Id", "Name")))
        : null;

    private static string? Memory(object item)
    {
        if (Shown.Value(item, "Memory") is not object memory)
        {
            return null;
        }
        List<string> parts = [];
        if (Shown.Number(memory, "Usage") is long used)
        {
            parts.Add($"{Size(used)} used of {(Shown.Number(memory, "Limit") is long limit ? Size(limit) : "no limit")}");
        }
        Add(parts, memory, "Total", "in all");
        Add(parts, memory, "Free", "free");
        Add(parts, memory, "SlabUnreclaimable", "unreclaimable slab");
        if (Shown.Number(memory, "SwapTotal") is long swap)
        {
            parts.Add(swap == 0 ? "no swap" : $"swap {Size(Shown.Number(memory, "SwapFree"))} free of {Size(swap)}");
        }
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    private static string? OtherTasks(object item)
    {
        if (Shown.Value(item, "Tasks") is not IEnumerable all)
        {
            return null;
        }
        // From another session they may have come as mere text.
        object[] tasks = [.. all.Cast<object>().Where(task => Shown.Value(task, "Name") is not null)];
        long? victim = Shown.Number(item, "VictimId");
        string[] largest = [.. tasks.Where(task => Shown.Number(task, "Id") != victim).OrderByDescending(task => Shown.Number(task, "Rss") ?? 0).Take(Others)
            .Select(task => $"{Process(task, "Id", "Name")} {Size(Shown.Number(task, "Rss"))}")];
        int left = tasks.Length - largest.Length - 1;
        return largest.Length == 0 ? null : string.Join(", ", largest) + (left > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {left} more") : "");
    }

    private static string From(object item)
    {
        string kernel = Shown.Text(item, "KernelRelease") is string release ? $", kernel {Display.Text(release)}" : "";
        return Short(Display.Text(Shown.Value(item, "Source"))) + kernel + (Shown.Text(item, "IsComplete") == "False" ? "; a part of the report is not in the log" : "");
    }

    // The last names of a long path are those that tell.
    private static string Short(string path)
    {
        int cut = path.Length > LongestPath ? path.IndexOf('/', path.Length - LongestPath) : -1;
        return cut > 0 ? "…" + path[cut..] : path;
    }

    private static string Process(object item, string id, string name) =>
        Shown.Text(item, name) is not string called ? "-"
        : Shown.Number(item, id) is long number ? string.Create(CultureInfo.InvariantCulture, $"{Display.Text(called)} ({number})")
        : Display.Text(called);

    private static void Add(List<string> parts, object item, string property, string what)
    {
        if (Shown.Number(item, property) is not null and not 0 and long bytes)
        {
            parts.Add($"{Size(bytes)} {what}");
        }
    }

    private static string Size(object? bytes) => Display.Size(bytes).Replace(' ', Together);

    private static void Line(StringBuilder text, string label, string? value)
    {
        if (value is not null)
        {
            text.Append('\n');
            Wrap(text, $"  {label,-Label}", value, Label + 2);
        }
    }

    // Words go on under the first; one that is longer than the line stays whole.
    private static void Wrap(StringBuilder text, string label, string value, int indent)
    {
        text.Append(label);
        int column = indent;
        foreach (string word in value.Split(' '))
        {
            if (column > indent && column + word.Length > Width)
            {
                text.Length--;
                text.Append('\n').Append(' ', Math.Max(indent, Label + 2));
                column = Math.Max(indent, Label + 2);
            }
            text.Append(word).Append(' ');
            column += word.Length + 1;
        }
        text.Length--;
    }
}
