using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Tests;

public class NameFilterTests
{
    [Fact]
    public void A_plain_name_that_nothing_has_is_an_error_and_a_pattern_is_not()
    {
        using GetSlabCacheCommand command = new() { Root = Fixture.PathOf("6.12.117+deb12-amd64-uma"), Name = ["dentry", "nonsense", "zz*"] };

        using RecordingShell shell = CmdletRun.Run(command);

        Assert.Equal("dentry", Assert.IsType<SlabCache>(Assert.Single(shell.Output)).Name);
        MemoryError error = Assert.Single(shell.Errors);
        Assert.Equal((ErrorIds.NameNotFound, "nonsense"), (error.Id, error.Target));
    }

    [Fact]
    public void A_cgroup_that_is_not_there_is_told_from_pressure_that_is_not_measured()
    {
        using GetMemoryPressureCommand missing = new() { Root = Fixture.PathOf("6.12.117+deb12-amd64-cgroup2-oom"), Cgroup = ["nosuch", "../../etc"] };
        using GetMemoryPressureCommand off = new() { Root = Fixture.PathOf("6.1.0-56-amd64-cgroup1-nopsi") };

        using RecordingShell missed = CmdletRun.Run(missing);
        using RecordingShell unmeasured = CmdletRun.Run(off);

        Assert.All(missed.Errors, error => Assert.Equal(ErrorIds.CgroupNotFound, error.Id));
        Assert.Equal(2, missed.Errors.Count);
        Assert.Equal(ErrorIds.PressureUnavailable, Assert.Single(unmeasured.Errors).Id);
    }
}
