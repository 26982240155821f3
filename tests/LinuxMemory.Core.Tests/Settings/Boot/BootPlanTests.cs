using LinuxMemory.Fixtures;

namespace LinuxMemory.Core.Tests;

public sealed class BootPlanTests : IDisposable
{
    private readonly SettingsTree _tree = new("6.12.117+deb12-amd64-numa2");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Nothing_sets_a_setting_of_a_bare_machine()
    {
        MemorySetting setting = Read("vm.swappiness");

        Assert.Null(setting.AfterBoot);
        Assert.Null(setting.PersistedBy);
        Assert.Empty(setting.Sources);
        Assert.False(setting.IsDrifted);
    }

    [Fact]
    public void The_later_base_name_wins_whatever_its_directory_and_every_place_is_listed()
    {
        _tree.Write("usr/lib/sysctl.d/99-vendor.conf", "# ours\nvm.swappiness = 30\n");
        _tree.Write("etc/sysctl.d/90-linuxmemory.conf", "vm.swappiness = 10\n");

        MemorySetting setting = Read("vm.swappiness");

        Assert.Equal((30L, true), (setting.AfterBoot, setting.IsDrifted));
        Assert.Equal($"{_tree.Root}/usr/lib/sysctl.d/99-vendor.conf:2", setting.PersistedBy);
        Assert.Equal([SettingSourceState.Overridden, SettingSourceState.Wins], setting.Sources.Select(source => source.State));
    }

    [Fact]
    public void A_file_of_the_same_name_or_a_link_to_dev_null_in_etc_hides_the_vendors()
    {
        _tree.Write("usr/lib/sysctl.d/50-a.conf", "vm.swappiness = 30\n");
        _tree.Write("etc/sysctl.d/50-a.conf", "-> /dev/null");

        MemorySetting setting = Read("vm.swappiness");

        Assert.Null(setting.AfterBoot);
        Assert.Equal((SettingSourceState.Masked, $"hidden by {_tree.Root}/etc/sysctl.d/50-a.conf"), (setting.Sources[0].State, setting.Sources[0].Note));
    }

    [Fact]
    public void The_old_sysctl_conf_counts_only_where_it_is_linked()
    {
        _tree.Write("etc/sysctl.conf", "vm.swappiness = 5\n");

        MemorySetting before = Read("vm.swappiness");
        _tree.Write("etc/sysctl.d/99-sysctl.conf", "-> ../sysctl.conf");
        MemorySetting linked = Read("vm.swappiness");

        Assert.Equal((null, 5L, SettingSourceState.NotAtBoot), (before.AfterBoot, before.AfterSysctlSystem, before.Sources[0].State));
        Assert.Equal((5L, null), (linked.AfterBoot, linked.AfterSysctlSystem));
        Assert.Equal($"{_tree.Root}/etc/sysctl.d/99-sysctl.conf:1", linked.PersistedBy);
    }

    [Fact]
    public void Without_systemd_sysctl_system_sets_the_boot()
    {
        _tree.Write("sbin/sysctl", "");
        _tree.Write("etc/sysctl.conf", "vm.swappiness = 5\n");

        Assert.Equal(5L, Read("vm.swappiness").AfterBoot);
    }

    [Fact]
    public void Setting_one_of_a_pair_turns_the_other_off()
    {
        _tree.Write("etc/sysctl.d/10-a.conf", "vm.dirty_ratio = 30\n");
        _tree.Write("etc/sysctl.d/20-b.conf", "vm.dirty_bytes = 268435456\n");

        MemorySetting ratio = Read("vm.dirty_ratio");

        Assert.Equal((0L, $"{_tree.Root}/etc/sysctl.d/20-b.conf:1"), (ratio.AfterBoot, ratio.PersistedBy));
        Assert.Contains("vm.dirty_bytes", ratio.Sources[^1].Note, StringComparison.Ordinal);
        Assert.Equal(268435456L, Read("vm.dirty_bytes").AfterBoot);
    }

    [Theory]
    [InlineData("transparent_hugepage=never", "transparent_hugepage.enabled", "never")]
    [InlineData("sysctl.vm.swappiness=7", "vm.swappiness", 7L)]
    [InlineData("sysctl/vm/swappiness=7 sysctl.vm.swappiness=8", "vm.swappiness", 8L)]
    [InlineData("numa_balancing=disable", "kernel.numa_balancing", 0L)]
    [InlineData("hugepages=64", "vm.nr_hugepages", 64L)]
    [InlineData("hugepagesz=2M hugepages=0:8,1:4 hugepagesz=1G hugepages=2", "vm.nr_hugepages", 12L)]
    [InlineData("thp_anon=16K-64K,512K:always;128K:inherit", "transparent_hugepage.hugepages-64kB.enabled", "always")]
    [InlineData("thp_anon=16K-64K,512K:always;128K:inherit", "transparent_hugepage.hugepages-128kB.enabled", "inherit")]
    [InlineData("thp_anon=16K-64K,512K:always;128K:inherit", "transparent_hugepage.hugepages-256kB.enabled", null)]
    [InlineData("quiet \"sysctl.vm.swappiness=7\"", "vm.swappiness", 7L)]
    public void The_kernel_command_line_sets(string line, string name, object? value)
    {
        _tree.Write("proc/cmdline", line + "\n");

        MemorySetting setting = Read(name);

        Assert.Equal(value, setting.AfterBoot);
        Assert.Equal(value is null ? null : $"{_tree.Root}/proc/cmdline:1", setting.PersistedBy);
    }

    [Fact]
    public void Tmpfiles_override_the_command_line_and_of_two_lines_for_a_path_the_first_counts()
    {
        _tree.Write("proc/cmdline", "transparent_hugepage=never\n");
        _tree.Write("usr/lib/tmpfiles.d/thp.conf", "w /sys/kernel/mm/transparent_hugepage/enabled - - - - always\n");
        _tree.Write("etc/tmpfiles.d/linuxmemory.conf", "w! /sys/kernel/mm/transparent_hugepage/enabled - - - - madvise\n");

        MemorySetting setting = Read("transparent_hugepage.enabled");

        Assert.Equal(("madvise", $"{_tree.Root}/etc/tmpfiles.d/linuxmemory.conf:1"), (setting.AfterBoot, setting.PersistedBy));
        Assert.Equal([SettingSourceKind.KernelCommandLine, SettingSourceKind.Tmpfiles, SettingSourceKind.Tmpfiles], setting.Sources.Select(source => source.Kind));
    }

    [Fact]
    public void An_active_tuned_profile_comes_last_with_what_it_includes_but_etc_wins_again()
    {
        _tree.Write("etc/systemd/system/multi-user.target.wants/tuned.service", "-> /usr/lib/systemd/system/tuned.service");
        _tree.Write("etc/tuned/active_profile", "db\n");
        _tree.Write("etc/tuned/db/tuned.conf", "[main]\ninclude=base\n[sysctl]\nvm.swappiness = 1\n[sysfs]\n/sys/kernel/mm/ksm/run=1\n[vm]\ntransparent_hugepages=never\n");
        _tree.Write("usr/lib/tuned/base/tuned.conf", "[sysctl]\nvm.swappiness=30\nvm.dirty_expire_centisecs=${calc}\n");
        _tree.Write("usr/lib/sysctl.d/50-a.conf", "vm.swappiness = 44\n");

        Assert.Equal((1L, $"{_tree.Root}/etc/tuned/db/tuned.conf:4"), (Read("vm.swappiness").AfterBoot, Read("vm.swappiness").PersistedBy));
        Assert.Equal(1L, Read("ksm.run").AfterBoot);
        Assert.Equal("never", Read("transparent_hugepage.enabled").AfterBoot);
        Assert.Null(Read("vm.dirty_expire_centisecs").AfterBoot);
        Assert.NotNull(Read("vm.dirty_expire_centisecs").PersistedBy);

        _tree.Write("etc/sysctl.d/60-b.conf", "vm.swappiness = 20\n");
        Assert.Equal((20L, $"{_tree.Root}/etc/sysctl.d/60-b.conf:1"), (Read("vm.swappiness").AfterBoot, Read("vm.swappiness").PersistedBy));
    }

    [Fact]
    public void A_tuned_that_does_not_start_sets_nothing()
    {
        _tree.Write("etc/tuned/active_profile", "db\n");
        _tree.Write("etc/tuned/db/tuned.conf", "[sysctl]\nvm.swappiness = 1\n");

        Assert.Empty(Read("vm.swappiness").Sources);
    }

    [Theory]
    [InlineData("vm.swappiness", "vm.swappiness", true)]
    [InlineData("v[a-n]/x{a,b}?", "vm/xb1", true)]
    [InlineData("v[!a-n]/*", "vm/x", false)]
    [InlineData("*", "vm/x", false)]
    [InlineData("*/*ss", "vm/swappiness", true)]
    [InlineData("vm/[", "vm/[", true)]
    [InlineData("vm/\\*", "vm/*", true)]
    public void Patterns_match_as_the_shell_does(string pattern, string path, bool matches) =>
        Assert.Equal(matches, PathPattern.Matches(pattern, path));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_bytes_the_configuration_holds_only_the_two_typed_exceptions_come_out_in_time(int seed)
    {
        Random random = new(seed);
        string[] seeds = ["vm.*={a,b}{c,d}[!a-z]?*?*?* = 5\n", "w! /sys/kernel/mm/{a,{b,c}}/* - - - - \\x20\"1\n", "thp_anon=16K-9999999999G:always;-:x hugepages=0:1,9:99999999999 sysctl.=", "[main]\ninclude=a b\n[\n]\n[sysctl]\n=\n"];
        for (int round = 0; round < 300; round++)
        {
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => seeds[random.Next(seeds.Length)])));
            for (int flip = 0; flip < random.Next(40); flip++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            string text = System.Text.Encoding.Latin1.GetString(bytes);
            foreach (string path in (string[])["etc/sysctl.d/a.conf", "etc/tmpfiles.d/a.conf", "proc/cmdline", "etc/tuned/active_profile", "etc/sysctl.conf"])
            {
                _tree.Write(path, text);
            }
            try
            {
                Read("vm.swappiness");
                Read("transparent_hugepage.hugepages-64kB.enabled");
            }
            catch (Exception e) when (e is Kernel.KernelException or Kernel.KernelFormatException)
            {
            }
        }
    }

    [Fact]
    public void A_pattern_that_multiplies_does_not_stall()
    {
        Assert.False(PathPattern.Matches(string.Concat(Enumerable.Repeat("{a,b}", 200)), "vm/x"));
        Assert.False(PathPattern.Matches(string.Concat(Enumerable.Repeat("*?", 500)) + "z", new string('a', 2000)));
        Assert.False(PathPattern.Matches(new string('{', 2000) + new string('}', 2000), "vm/x"));
    }

    private MemorySetting Read(string name) => MemorySettings.Read(_tree.Machine, name, BootPlan.Read(_tree.Machine));
}
