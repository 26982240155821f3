using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>The boot plan against the programs that really apply it, each confined to a directory whose proc and sys are plain files.</summary>
[Collection(nameof(StartsProcesses))]
public class BootOracleTests
{
    private const int Trees = 40;
    private static readonly string[] Settings = ["vm.swappiness", "vm.min_free_kbytes", "vm.page-cluster", "vm.oom_dump_tasks", "kernel.shmmni"];
    private static readonly string[] Keys = [.. Settings, "vm/swappiness", "/vm/page-cluster", "vm..swappiness", "vm.nothing", "kernel/shmmni"];
    private static readonly string[] Patterns = ["vm.*", "vm.[mo]*", "vm.?wappiness", "vm/*_*", "*.swappiness", "vm.[!s]*"];
    private static readonly string[] Places = ["etc", "run", "usr/local/lib", "usr/lib"];
    private static readonly string[] Names = ["10-a.conf", "20-b.conf", "50-c.conf", "90-linuxmemory.conf", "99-z.conf", "b.conf", ".hidden.conf", "README.conf.bak"];

    [Fact]
    public void The_plan_for_sysctl_is_what_systemd_sysctl_does_on_many_trees()
    {
        using ToolJail jail = ToolJail.Of("/usr/lib/systemd/systemd-sysctl");
        for (int seed = 0; seed < Trees; seed++)
        {
            Build(jail, seed, "sysctl.d", SysctlText);
            jail.Run("/usr/lib/systemd/systemd-sysctl");
            BootPlan plan = BootPlan.Read(Machine.At(jail.Root));
            Assert.True(plan.UsesSystemd);
            Assert.All(Settings, name => Assert.Equal((seed, name, Written(jail, name)), (seed, name, plan.For(name).Value ?? "")));
        }
    }

    [Fact]
    public void The_plan_for_sysctl_system_is_what_procps_does_on_many_trees()
    {
        using ToolJail jail = ToolJail.Of("/usr/sbin/sysctl");
        for (int seed = 0; seed < Trees; seed++)
        {
            Build(jail, seed, "sysctl.d", SysctlText);
            jail.Run("/usr/sbin/sysctl", "--system");
            BootPlan plan = BootPlan.Read(Machine.At(jail.Root));
            Assert.False(plan.UsesSystemd);
            Assert.All(Settings, name => Assert.Equal((seed, name, Written(jail, name)), (seed, name, plan.For(name).SysctlSystemValue ?? "")));
        }
    }

    [Fact]
    public void The_plan_for_tmpfiles_is_what_systemd_tmpfiles_does_on_many_trees()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-tmpfiles"), "systemd-tmpfiles is not installed");
        using ToolJail jail = ToolJail.Of();
        string[] settings = ["ksm.run", "ksm.pages_to_scan", "transparent_hugepage.enabled", "transparent_hugepage.defrag"];
        for (int seed = 0; seed < Trees; seed++)
        {
            jail.Clear();
            foreach (string name in settings)
            {
                jail.Write(SettingName.ToPath(name), "");
            }
            Fill(jail, seed, "tmpfiles.d", TmpfilesText);
            ToolJail.RunOutside("/usr/bin/systemd-tmpfiles", $"--root={jail.Root}", "--create", "--boot", "--prefix=/sys");
            BootPlan plan = BootPlan.Read(Machine.At(jail.Root));
            Assert.All(settings, name => Assert.Equal((seed, name, Written(jail, name)), (seed, name, plan.For(name).Value ?? "")));
        }
    }

    private static string Written(ToolJail jail, string name) => jail.Read(SettingName.ToPath(name)).Split('\n')[0];

    private static void Build(ToolJail jail, int seed, string directory, Func<Random, string> text)
    {
        jail.Clear();
        foreach (string name in Settings)
        {
            jail.Write(SettingName.ToPath(name), "");
        }
        Random random = Fill(jail, seed, directory, text);
        if (random.Next(2) == 0)
        {
            jail.Write("etc/sysctl.conf", SysctlText(random));
            if (random.Next(2) == 0)
            {
                jail.Write("etc/sysctl.d/99-sysctl.conf", "-> ../sysctl.conf");
            }
        }
    }

    // The seed is in every failure's message.
    private static Random Fill(ToolJail jail, int seed, string directory, Func<Random, string> text)
    {
        Random random = new(seed);
        foreach (string place in Places)
        {
            foreach (string name in Names.Where(_ => random.Next(3) == 0))
            {
                jail.Write($"{place}/{directory}/{name}", random.Next(8) == 0 ? "-> /dev/null" : text(random));
            }
        }
        return random;
    }

    private static string SysctlText(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => SysctlLine(random)));

    private static string SysctlLine(Random random)
    {
        string key = random.Next(4) == 0 ? Pick(random, Patterns) : Pick(random, Keys);
        int value = random.Next(10, 100);
        return random.Next(12) switch
        {
            0 => $"# {key} = {value}\n",
            1 => $"; {key} = {value}\n",
            2 => $"-{key}\n",
            3 => $"-{key} = {value}\n",
            4 => $"{key}={value}\r\n",
            5 => $"\t{key}\t=\t{value} 1 \n\n",
            6 => $"{key} {value}\n",
            7 => $"{key} = {value}=1\n",
            _ => $"{key} = {value}\n",
        };
    }

    private static string TmpfilesText(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => TmpfilesLine(random)));

    private static string TmpfilesLine(Random random)
    {
        string path = Pick(random, "/sys/kernel/mm/ksm/run", "/sys/kernel/mm/ksm/r*", "/sys/kernel/mm/ksm/*", "/sys/kernel/mm/transparent_hugepage/enabled",
            "/sys/kernel/mm/transparent_hugepage/{enabled,defrag}", "/sys/kernel/mm/*/enabled", "/sys//kernel/mm/transparent_hugepage/defrag", "\"/sys/kernel/mm/ksm/pages_to_scan\"");
        int value = random.Next(10, 100);
        return random.Next(8) switch
        {
            0 => $"# w {path} - - - - {value}\n",
            1 => $"w! {path} - - - - {value}\n",
            2 => $"w- {path} 0644 root root 10d {value}\n",
            3 => $"w\t{path}\t-\t-\t-\t-\t{value}  \n",
            4 => $"w {path} - - - - -\n",
            5 => $"w {path}\n",
            6 => $"f {path}.other - - - - {value}\n",
            _ => $"w {path} - - - - {value}\n",
        };
    }

    private static string Pick(Random random, params string[] from) => from[random.Next(from.Length)];
}
