using LinuxMemory.Fixtures;

namespace LinuxMemory.Core.Tests;

public sealed class ConfiguredSwapTests : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Lines_of_fstab_and_units_that_people_wrote_are_listed_together()
    {
        _tree.Write("etc/fstab", "/dev/sda1 / ext4\n/swapfile none swap sw,nofail,pri=3\nUUID=77 none swap noauto\n");
        _tree.Write("run/systemd/generator/swapfile.swap", "[Unit]\nSourcePath=/etc/fstab\n[Swap]\nWhat=/swapfile\n");
        _tree.Write("usr/lib/systemd/system/vendor.swap", "[Swap]\nWhat=/vendor\n");
        _tree.Write("etc/systemd/system/data-swap.swap", "# comment\n[Unit]\nDescription=x\n[Swap]\nWhat = /data/swap\nPriority=10\nOptions=discard=pages,nofail,\\\n  pri=4\n[Install]\nWantedBy=swap.target\n");
        Directory.CreateDirectory(_tree.PathOf("etc/systemd/system/swap.target.wants"));
        File.CreateSymbolicLink(_tree.PathOf("etc/systemd/system/swap.target.wants/data-swap.swap"), "../data-swap.swap");

        IReadOnlyList<ConfiguredSwap> all = ConfiguredSwap.Read(_tree.Machine);

        Assert.Equal(["/swapfile", "UUID=77", "/data/swap", "/vendor"], all.Select(area => area.Source));
        Assert.True(all[0] is { Priority: 3, IsNoFail: true, IsNoAuto: false, Path: "/swapfile" });
        Assert.EndsWith("/etc/fstab:2", all[0].Place, StringComparison.Ordinal);
        Assert.True(all[1] is { IsNoAuto: true, Path: null });
        Assert.True(all[2] is { Priority: 10, Discard: SwapDiscard.Pages, IsNoFail: true, IsNoAuto: false });
        Assert.EndsWith("/etc/systemd/system/data-swap.swap", all[2].Place, StringComparison.Ordinal);
        Assert.True(all[3] is { IsNoAuto: true, Priority: null });
    }

    [Fact]
    public void A_unit_of_etc_hides_one_of_usr_and_drop_ins_change_it()
    {
        _tree.Write("usr/lib/systemd/system/a.swap", "[Swap]\nWhat=/old\n");
        _tree.Write("etc/systemd/system/a.swap", "[Swap]\nWhat=/new\nPriority=1\n");
        _tree.Write("etc/systemd/system/a.swap.d/10-priority.conf", "[Swap]\nPriority=2\n");
        _tree.Write("usr/lib/systemd/system/a.swap.d/20-priority.conf", "[Swap]\nPriority=3\n");
        _tree.Write("run/systemd/system/a.swap.d/20-priority.conf", "[Swap]\nPriority=4\n");

        Assert.True(Assert.Single(SwapUnits.Read(_tree.Machine)) is { What: "/new", Priority: 4, IsEnabled: false });
    }

    [Fact]
    public void A_masked_unit_is_none()
    {
        _tree.Write("usr/lib/systemd/system/a.swap", "[Swap]\nWhat=/old\n");
        Directory.CreateDirectory(_tree.PathOf("etc/systemd/system"));
        File.CreateSymbolicLink(_tree.PathOf("etc/systemd/system/a.swap"), "/dev/null");

        Assert.Empty(SwapUnits.Read(_tree.Machine));
        Assert.Empty(ConfiguredSwap.Read(_tree.Machine));
    }
}
