using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class PressureFileTests
{
    [Fact]
    public void Shares_are_percent_and_totals_are_times()
    {
        MemoryPressure pressure = Parse("some avg10=12.50 avg60=3.00 avg300=0.25 total=1500000\nfull avg10=1.00 avg60=0.50 avg300=0.00 total=42\n");

        Assert.Equal(12.5, pressure.SomeAverage10);
        Assert.Equal(TimeSpan.FromSeconds(1.5), pressure.SomeTotal);
        Assert.Equal(0.5, pressure.FullAverage60);
        Assert.Equal(TimeSpan.FromMicroseconds(42), pressure.FullTotal);
    }

    [Fact]
    public void What_the_kernel_does_not_print_is_null() =>
        Assert.Null(Parse("some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n").FullAverage10);

    [Fact]
    public void A_machine_without_pressure_has_no_file()
    {
        KernelException error = Assert.Throws<KernelException>(() => PressureFile.Read(Fixture.Machine("6.1.0-56-amd64-cgroup1-nopsi")));

        Assert.True(error.IsAbsent);
    }

    [Fact]
    public void A_group_is_found_below_the_cgroup_mount()
    {
        Machine captured = Fixture.Machine("6.12.117+deb12-amd64-cgroup2-oom");

        Assert.Equal("/app.slice", CgroupPressure.Read(captured, "app.slice").Scope);
        Assert.Throws<KernelException>(() => CgroupPressure.Read(captured, "../../etc"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("full avg10=0.00 avg60=0.00 avg300=0.00 total=0\n")]
    [InlineData("some avg10=NaN avg60=0.00 avg300=0.00 total=0\n")]
    [InlineData("some avg10=0.00 avg60=0.00 avg300=0.00 total=9223372036854775807\n")]
    public void A_garbled_file_is_refused(string text) => Assert.Throws<KernelFormatException>(() => Parse(text));

    private static MemoryPressure Parse(string text) =>
        PressureFile.Parse(KernelReader.Over("/proc/pressure/memory", System.Text.Encoding.UTF8.GetBytes(text)), "System");
}
