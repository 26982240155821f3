using LinuxMemory.Commands;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

public sealed class TransparentHugePageTests : IDisposable
{
    private readonly SettingsTree _tree = new("6.12.117+deb12-amd64-numa2");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Get_reads_settings_sizes_and_counters_of_a_captured_machine()
    {
        using GetTransparentHugePageCommand command = new() { Root = Fixture.PathOf("6.12.117+deb12-amd64-numa2") };
        using RecordingShell shell = CmdletRun.Run(command);

        TransparentHugePages pages = Assert.IsType<TransparentHugePages>(Assert.Single(shell.Output));
        Assert.Equal(("always", "madvise", "never", true, 2L << 20), (pages.Enabled, pages.Defrag, pages.ShmemEnabled, pages.UseZeroPage, pages.PmdSize));
        Assert.Equal([8L << 10, 16 << 10, 32 << 10, 64 << 10, 128 << 10, 256 << 10, 512 << 10, 1 << 20, 2 << 20], pages.Sizes.Select(size => size.Size));
        Assert.Equal(("inherit", true), (pages.Sizes[^1].Enabled, pages.Sizes[^1].Counters.ContainsKey("nr_anon")));
        Assert.Equal((4096L, TimeSpan.FromSeconds(10)), (pages.Khugepaged.PagesToScan, pages.Khugepaged.ScanSleep));
        Assert.Contains("Enabled        : always", TransparentHugePageText.Format(pages), StringComparison.Ordinal);
    }

    [Fact]
    public void Tab_offers_the_sizes_that_the_kernel_has()
    {
        Machine machine = Fixture.Machine("6.12.117+deb12-amd64-numa2");

        Assert.Equal(["16KB", "1024KB"], new HugePageSizeCompleter().Complete(machine, new TypedCommand("1")).Select(offer => offer.Text).Except(["128KB"]));
        Assert.Empty(new HugePageSizeCompleter().Complete(Fixture.Machine("6.1.0-56-amd64-numa2"), new TypedCommand("")));
    }

    [Fact]
    public void An_older_kernel_has_no_sizes_of_their_own()
    {
        Assert.Empty(TransparentHugePages.Read(Fixture.Machine("6.1.0-56-amd64-numa2"))!.Sizes);
    }

    [Fact]
    public void A_kernel_without_them_says_so()
    {
        using GetTransparentHugePageCommand command = new() { Root = Fixture.PathOf("6.1.0-56-rt-amd64-uma") };
        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Equal(ErrorIds.TransparentHugePageUnavailable, Assert.Single(shell.Errors).Id);
    }

    [Fact]
    public void Set_asks_for_each_setting_in_order()
    {
        using SetTransparentHugePageCommand command = new() { Enabled = "madvise", Defrag = "never", ShmemEnabled = "advise" };
        using RecordingShell shell = Run(command, agrees: false);

        Assert.Empty(shell.Errors);
        Assert.Equal(
            ["Change transparent_hugepage.enabled from always to madvise", "Change transparent_hugepage.defrag from madvise to never", "Change transparent_hugepage.shmem_enabled from never to advise"],
            shell.Questions.Select(question => question.Split(" | ")[1]));
    }

    [Fact]
    public void Set_can_make_one_size_inherit()
    {
        using SetTransparentHugePageCommand command = new() { Enabled = "inherit", Size = 64 << 10 };
        using RecordingShell shell = Run(command, agrees: false);

        Assert.EndsWith("Change transparent_hugepage.hugepages-64kB.enabled from never to inherit", Assert.Single(shell.Questions), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(63 << 10, ErrorIds.TransparentHugePageUnavailable)]
    [InlineData(8 << 10, ErrorIds.TransparentHugePageUnavailable)]
    [InlineData(1, ErrorIds.TransparentHugePageUnavailable)]
    [InlineData(null, ErrorIds.SettingValueInvalid)]
    public void A_size_that_the_kernel_does_not_have_and_inherit_for_all_are_refused(int? size, string id)
    {
        using SetTransparentHugePageCommand command = new() { Enabled = "inherit", Size = size };
        using RecordingShell shell = Run(command);

        Assert.Equal(id, Assert.Single(shell.Errors).Id);
        Assert.Empty(shell.Questions);
    }

    [Theory]
    [InlineData("transparent_hugepage=never", true)]
    [InlineData("transparent_hugepage=madvise", false)]
    [InlineData("quiet", false)]
    public void A_command_line_that_says_otherwise_is_warned_about(string parameters, bool warns)
    {
        File.WriteAllText(Path.Join(_tree.Root, "proc/cmdline"), $"BOOT_IMAGE=/vmlinuz root=/dev/vda1 {parameters}\n");
        using SetTransparentHugePageCommand command = new() { Enabled = "madvise" };
        using RecordingShell shell = Run(command);

        Assert.Empty(shell.Errors);
        Assert.Equal(warns, shell.Warnings.Any(warning => warning.Contains("command line sets transparent_hugepage.enabled to never", StringComparison.Ordinal)));
    }

    [Fact]
    public void Defrag_has_no_size_of_its_own()
    {
        using SetTransparentHugePageCommand command = new() { Enabled = "madvise", Defrag = "always", Size = 64 << 10 };
        using RecordingShell shell = Run(command);

        Assert.Equal(ErrorIds.SettingValueInvalid, Assert.Single(shell.Errors).Id);
        Assert.Empty(shell.Questions);
    }

    [Fact]
    public void Set_without_anything_to_set_is_refused()
    {
        using SetTransparentHugePageCommand command = new();
        using RecordingShell shell = Run(command);

        Assert.Equal(ErrorIds.SettingValueInvalid, Assert.Single(shell.Errors).Id);
    }

    [Theory]
    [InlineData(true, "tmpfiles.d makes it madvise later in the boot")]
    [InlineData(false, "-Persist sets it again at boot")]
    public void A_command_line_that_says_otherwise_is_named(bool persists, string words)
    {
        _tree.Write("proc/cmdline", "transparent_hugepage=never\n");
        using SetTransparentHugePageCommand command = new() { Enabled = "madvise" };
        command.Switches.UnionWith(persists ? [nameof(SettingCmdlet.Persist)] : []);
        using RecordingShell shell = Run(command, agrees: false);

        Assert.Contains(words, Assert.Single(shell.Warnings), StringComparison.Ordinal);
    }

    private RecordingShell Run(SetTransparentHugePageCommand command, bool agrees = true)
    {
        command.WorkOn(Machine.At(_tree.Root, new SystemCalls()));
        return CmdletRun.Run(command, new RecordingShell { Agrees = agrees });
    }
}
