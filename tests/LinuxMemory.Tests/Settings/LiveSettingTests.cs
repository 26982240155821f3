using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

/// <summary>Changes of this computer's settings, each taken back; at the end all settings are as they were.</summary>
[Trait("Category", "Live")]
public class LiveSettingTests
{
    [Theory]
    [InlineData("vm.swappiness", "61", "62")]
    [InlineData("vm.dirty_ratio", "21", "22")]
    [InlineData("vm.dirty_bytes", "268435456", "536870912")]
    [InlineData("vm.dirty_background_bytes", "67108864", "134217728")]
    [InlineData("vm.vfs_cache_pressure", "101", "102")]
    [InlineData("vm.watermark_scale_factor", "11", "12")]
    [InlineData("vm.page-cluster", "2", "1")]
    [InlineData("vm.lowmem_reserve_ratio", "256 256 32 0 0", "128 256 32 0 0")]
    [InlineData("transparent_hugepage.enabled", "always", "never")]
    [InlineData("transparent_hugepage.defrag", "defer+madvise", "never")]
    [InlineData("transparent_hugepage.khugepaged.scan_sleep_millisecs", "20000", "30000")]
    [InlineData("transparent_hugepage.hugepages-64kB.enabled", "inherit", "never")]
    [InlineData("ksm.sleep_millisecs", "30", "40")]
    [InlineData("swap.vma_ra_enabled", "false", "true")]
    public void A_setting_takes_a_value_and_gives_it_back(string name, string value, string other)
    {
        Require(name);
        Dictionary<string, object?> before = Snapshot();
        string wanted = KernelValue.AreSame(SettingValue.Format(before[name]!), value) ? other : value;
        List<MemoryChange> made = Set(name, wanted);
        try
        {
            MemoryChange change = Assert.Single(made);
            Assert.True(KernelValue.AreSame(wanted, change.NewValue));
            Assert.True(KernelValue.AreSame(wanted, SettingValue.Format(Snapshot()[name]!)));
        }
        finally
        {
            TakeBack(made);
        }
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_persistent_change_survives_in_our_file_and_goes_without_a_trace()
    {
        Require("vm.swappiness");
        string[] files = [.. Directory.GetFiles("/etc/sysctl.d")];
        Dictionary<string, object?> before = Snapshot();
        string wanted = Equals(before["vm.swappiness"], 61L) ? "62" : "61";
        List<MemoryChange> made = Set("vm.swappiness", wanted, nameof(SettingCmdlet.Persist));
        try
        {
            Assert.Equal([ChangeScope.Runtime, ChangeScope.Persistent], made.Select(change => change.Scope));
            Assert.Equal(wanted, BootPlan.Read(Machine.Live).For("vm.swappiness").Value);
        }
        finally
        {
            TakeBack(made);
        }
        Assert.Equal(files.Order(), Directory.GetFiles("/etc/sysctl.d").Order());
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void What_the_kernel_refuses_is_an_error_and_changes_nothing()
    {
        Require("vm.mmap_rnd_bits");
        Dictionary<string, object?> before = Snapshot();
        using SetMemorySettingCommand command = new() { Name = "vm.mmap_rnd_bits", Value = "60" };
        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Equal(ErrorIds.KernelRefused, Assert.Single(shell.Errors).Id);
        Assert.Equal(before, Snapshot());
    }

    private static List<MemoryChange> Set(string name, string value, params string[] switches)
    {
        using SetMemorySettingCommand command = new() { Name = name, Value = value };
        command.Switches.UnionWith([nameof(ChangeCmdlet.PassThru), .. switches]);
        using RecordingShell shell = CmdletRun.Run(command);
        Assert.Empty(shell.Errors);
        return [.. shell.Output.Cast<MemoryChange>()];
    }

    private static void TakeBack(List<MemoryChange> made)
    {
        foreach (MemoryChange change in Enumerable.Reverse(made))
        {
            change.Reverse!.Apply(Machine.Live);
        }
    }

    private static Dictionary<string, object?> Snapshot()
    {
        BootPlan boot = BootPlan.Read(Machine.Live);
        return MemorySettings.Read(Machine.Live, MemorySettings.Names(Machine.Live), boot).ToDictionary(setting => setting.Name, setting => setting.Value);
    }

    private static void Require(string name)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("LINUXMEMORY_LIVE") == "1", "changes the machine: needs LINUXMEMORY_LIVE=1");
        Assert.SkipUnless(Machine.Live.Calls.EffectiveUserId == 0, "needs root");
        Assert.SkipUnless(MemorySettings.Names(Machine.Live).Contains(name), $"this kernel has no {name}");
    }
}
