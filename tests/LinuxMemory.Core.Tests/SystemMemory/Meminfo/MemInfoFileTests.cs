using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class MemInfoFileTests
{
    public static TheoryData<string> Machines => [.. Fixture.Names];

    [Theory, MemberData(nameof(Machines))]
    public void Every_key_of_every_captured_machine_is_known(string machine)
    {
        Assert.Empty(MemInfoFile.Read(Fixture.Machine(machine)).Extra);
    }

    [Fact]
    public void Property_names_are_the_kernels_keys_without_punctuation()
    {
        string[] keys = [.. Fixture.Names.SelectMany(n => File.ReadAllLines(Path.Join(Fixture.PathOf(n), "proc/meminfo"))).Select(l => l[..l.IndexOf(':')]).Distinct()];
        foreach (string key in keys)
        {
            string name = string.Concat(key.Split('(', ')', '_').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
            Assert.NotNull(typeof(MemInfo).GetProperty(name));
        }
    }

    [Fact]
    public void A_key_from_the_future_is_kept_in_Extra()
    {
        MemInfo memory = Parse("MemTotal: 10 kB\nMemFree: 4 kB\nQuantumPages: 3 kB\nQuantumCount: 7\n");

        Assert.Equal(3072, memory.Extra["QuantumPages"]);
        Assert.Equal(7, memory.Extra["QuantumCount"]);
        Assert.Null(memory.MemAvailable);
        Assert.Null(memory.Used);
    }

    [Theory]
    [InlineData("", ":1: expected the key MemTotal, found the end of the file")]
    [InlineData("MemTotal: 10 kB\n", ":2: expected the key MemFree, found the end of the file")]
    [InlineData("MemTotal: 10 kB\nMemFree: 12 MB\n", ":2: expected the unit kB, found 'MemFree: 12 MB'")]
    [InlineData("MemTotal: 10 kB\nMemFree\n", ":2: expected a ':', found 'MemFree'")]
    [InlineData("MemTotal: 9223372036854775807 kB\n", ":1: expected a size that fits 63 bits in bytes, found 'MemTotal: 9223372036854775807 kB'")]
    [InlineData("MemTotal: 99999999999999999999 kB\n", ":1: expected a whole number of at most 63 bits, found 'MemTotal: 99999999999999999999 kB'")]
    public void A_garbled_file_is_refused_with_file_line_and_text(string text, string message)
    {
        KernelFormatException error = Assert.Throws<KernelFormatException>(() => Parse(text));

        Assert.Equal("/proc/meminfo" + message, error.Message);
    }

    private static MemInfo Parse(string text) =>
        MemInfoFile.Parse(KernelReader.Over("/proc/meminfo", System.Text.Encoding.UTF8.GetBytes(text)), DateTimeOffset.UnixEpoch);
}
