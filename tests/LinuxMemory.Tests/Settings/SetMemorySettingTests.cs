using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public sealed class SetMemorySettingTests : IDisposable
{
    private const string SysctlFile = "etc/sysctl.d/90-linuxmemory.conf";
    private const string TmpfilesFile = "etc/tmpfiles.d/linuxmemory.conf";
    private readonly SettingsTree _tree = new("6.12.117+deb12-amd64-numa2");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Asks_with_old_and_new_and_writes()
    {
        using RecordingShell shell = Set("vm.swappiness", "10");

        Assert.Empty(shell.Errors);
        Assert.Equal([$"{_tree.Root}/proc/sys/vm/swappiness | Change vm.swappiness from 60 to 10"], shell.Questions);
        Assert.StartsWith("10\n", _tree.Read("proc/sys/vm/swappiness"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vm.swappiness", "0x3c")]
    [InlineData("vm.dirty_bytes", "0")]
    public void What_already_is_so_is_silent(string name, string value)
    {
        using RecordingShell shell = Set(name, value);

        Assert.Empty(shell.Errors);
        Assert.Empty(shell.Questions);
    }

    [Theory]
    [InlineData("vm.swappiness", "201")]
    [InlineData("vm.swappiness", "-1")]
    [InlineData("vm.swappiness", "ten")]
    [InlineData("vm.swappiness", "10\n20")]
    [InlineData("vm.dirty_bytes", "0")]
    [InlineData("transparent_hugepage.enabled", "sometimes")]
    [InlineData("numa.demotion_enabled", "perhaps")]
    [InlineData("vm.lowmem_reserve_ratio", "256 x")]
    public void Values_that_the_range_forbids_are_refused_before_anything_is_written(string name, string value)
    {
        string before = _tree.Read(SettingName.ToPath(name));
        using RecordingShell shell = Set(name, value, nameof(SettingCmdlet.Persist));

        Assert.Equal(ErrorIds.SettingValueInvalid, Assert.Single(shell.Errors).Id);
        Assert.Empty(shell.Questions);
        Assert.Equal(before, _tree.Read(SettingName.ToPath(name)));
        Assert.False(Directory.Exists(Path.Join(_tree.Root, "etc")));
    }

    [Fact]
    public void The_range_stands_in_the_message()
    {
        using RecordingShell shell = Set("vm.swappiness", "201");

        Assert.Contains("from 0 to 200", Assert.Single(shell.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vm.../../etc/passwd")]
    [InlineData("vm.swappiness\nkernel.x")]
    [InlineData("vm/../../../etc/passwd")]
    [InlineData("swappiness")]
    [InlineData("vm.swappiness ")]
    public void Names_that_try_to_escape_are_refused(string name)
    {
        using RecordingShell shell = Set(name, "1", nameof(SettingCmdlet.Persist));

        Assert.Equal(ErrorIds.SettingNameInvalid, Assert.Single(shell.Errors).Id);
        Assert.Empty(shell.Questions);
    }

    [Theory]
    [InlineData("kernel.panic", ErrorIds.SettingNotFound)]
    [InlineData("vm.nothing", ErrorIds.SettingNotFound)]
    [InlineData("ksm.pages_shared", ErrorIds.SettingNotFound)]
    [InlineData("vm.drop_caches", ErrorIds.SettingIsTrigger)]
    public void What_is_no_setting_here_is_refused(string name, string id)
    {
        _tree.Write("proc/sys/kernel/panic", "0\n");
        _tree.Write("proc/sys/vm/drop_caches", "");
        using RecordingShell shell = Set(name, "1");

        Assert.Equal(id, Assert.Single(shell.Errors).Id);
    }

    [Fact]
    public void Persist_writes_our_sysctl_file_and_the_boot_plan_agrees()
    {
        using RecordingShell shell = Set("vm.swappiness", "10", nameof(SettingCmdlet.Persist));

        Assert.Empty(shell.Errors);
        Assert.Empty(shell.Warnings);
        Assert.EndsWith("\nvm.swappiness = 10\n", _tree.Read(SysctlFile), StringComparison.Ordinal);
        MemorySetting setting = MemorySettings.Read(_tree.Machine, "vm.swappiness", BootPlan.Read(_tree.Machine));
        Assert.Equal((10L, false), (setting.AfterBoot, setting.IsDrifted));
    }

    [Fact]
    public void Persist_warns_before_it_asks_when_another_file_wins_and_names_file_and_line()
    {
        _tree.Write("usr/lib/sysctl.d/99-vendor.conf", "# vendor\nvm.swappiness = 30\n");
        using RecordingShell shell = new() { Agrees = false };
        Run("vm.swappiness", "10", shell, nameof(SettingCmdlet.Persist));

        Assert.Contains($"{_tree.Root}/usr/lib/sysctl.d/99-vendor.conf:2", Assert.Single(shell.Warnings), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Join(_tree.Root, SysctlFile)));
    }

    [Fact]
    public void Of_a_pair_the_forecast_names_the_twin_and_our_files_line_for_it_goes()
    {
        _tree.Write(SysctlFile, "# mine\nvm.dirty_ratio = 30\n");
        using RecordingShell shell = Set("vm.dirty_bytes", "268435456", nameof(SettingCmdlet.Persist));

        Assert.Empty(shell.Errors);
        Assert.EndsWith("Change vm.dirty_bytes from 0 to 268435456, which turns vm.dirty_ratio off (from 20 to 0)", shell.Questions[0], StringComparison.Ordinal);
        Assert.Equal("# mine\nvm.dirty_bytes = 268435456\n", _tree.Read(SysctlFile));
    }

    [Fact]
    public void Taking_back_one_of_a_pair_brings_the_other_back()
    {
        SettingPairChange planned = SettingPairChange.Plan(_tree.Machine, "vm.dirty_bytes", "vm.dirty_ratio", "268435456");
        // The kernel would do this.
        PlannedChange done = planned.Apply(Kernel);
        _tree.Write("proc/sys/vm/dirty_ratio", "0\n");

        PlannedChange back = done.Reverse!;

        Assert.Equal(("vm.dirty_ratio", "0", "20"), (back.Setting, back.OldValue, back.NewValue));
        Assert.Equal("0", back.ReadValue(Kernel));
        _tree.Write("proc/sys/vm/dirty_bytes", "1073741824\n");
        Assert.NotEqual("0", back.ReadValue(Kernel));
        Assert.Equal("vm.dirty_bytes", back.Reverse!.Setting);
    }

    [Fact]
    public void Settings_of_sys_persist_through_tmpfiles_and_warn_when_an_earlier_file_wins()
    {
        _tree.Write("etc/tmpfiles.d/a.conf", "w /sys/kernel/mm/ksm/run - - - - 2\n");
        using RecordingShell shell = Set("ksm.run", "1", nameof(SettingCmdlet.Persist));

        Assert.Empty(shell.Errors);
        Assert.EndsWith("\nw! /sys/kernel/mm/ksm/run - - - - 1\n", _tree.Read(TmpfilesFile), StringComparison.Ordinal);
        Assert.Contains("etc/tmpfiles.d/a.conf:1", Assert.Single(shell.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_takes_only_what_persists_even_before_its_first_boot()
    {
        using TemporaryImage image = new();
        using SetMemorySettingCommand runtime = new() { Root = image.Root, Name = "vm.swappiness", Value = "10" };
        using RecordingShell refused = CmdletRun.Run(runtime);
        using SetMemorySettingCommand persist = new() { Root = image.Root, Name = "vm.swappiness", Value = "10", Switches = { nameof(SettingCmdlet.Persist) } };
        using RecordingShell shell = CmdletRun.Run(persist);

        Assert.Equal(ErrorIds.RuntimeChangeNeedsLiveMachine, Assert.Single(refused.Errors).Id);
        Assert.Empty(shell.Errors);
        Assert.EndsWith("vm.swappiness = 10\n", File.ReadAllText(Path.Join(image.Root, SysctlFile)), StringComparison.Ordinal);
    }

    [Fact]
    public void Set_Swappiness_sets_vm_swappiness()
    {
        using SetSwappinessCommand command = new() { Value = 200 };
        command.WorkOn(Kernel);
        using RecordingShell shell = CmdletRun.Run(command);

        Assert.EndsWith("Change vm.swappiness from 60 to 200", Assert.Single(shell.Questions), StringComparison.Ordinal);
    }

    [Fact]
    public void Completion_offers_the_words_of_a_choice()
    {
        Assert.Equal(["always", "madvise", "never"], Values("transparent_hugepage.enabled"));
        Assert.Equal(["60"], Values("vm/swappiness"));

        IEnumerable<string> Values(string name) => new SettingValueCompleter()
            .Complete(_tree.Machine, new TypedCommand("", "Set-MemorySetting", new Dictionary<string, object> { ["Name"] = name })).Select(offer => offer.Text);
    }

    private Machine Kernel => Machine.At(_tree.Root, new SystemCalls());

    private RecordingShell Set(string name, string value, params string[] switches) => Run(name, value, new RecordingShell(), switches);

    private RecordingShell Run(string name, string value, RecordingShell shell, params string[] switches)
    {
        using SetMemorySettingCommand command = new() { Name = name, Value = value };
        command.Switches.UnionWith(switches);
        command.WorkOn(Kernel);
        return CmdletRun.Run(command, shell);
    }

    private sealed class TemporaryImage : IDisposable
    {
        public TemporaryImage() => Directory.CreateDirectory(Path.Join(Root, "etc"));

        public string Root { get; } = Directory.CreateTempSubdirectory("linuxmemory-image-").FullName;

        public void Dispose() => Directory.Delete(Root, recursive: true);
    }
}
