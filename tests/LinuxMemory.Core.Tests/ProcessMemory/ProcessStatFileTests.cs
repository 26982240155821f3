using System.Text;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class ProcessStatFileTests
{
    private const string Rest = " S 1 2 3 4 5 4194560 10 11 12 13 14 15 16 17 20 0 3 0 82 4096 7 18446744073709551615 4198400 5785993 140722760168704 0";

    public static TheoryData<string> Machines => [.. Fixture.Names];

    [Theory, MemberData(nameof(Machines))]
    public void Every_process_of_every_captured_machine_is_read(string name)
    {
        Machine machine = Fixture.Machine(name);
        foreach (int id in ProcessList.Ids(machine))
        {
            using KernelDirectory process = ProcessList.Open(machine, id);
            ProcessStat stat = ProcessStatFile.Read(process);

            Assert.Equal(id, stat.Id);
            Assert.Equal(id == 2, stat.IsKernelThread);
            Assert.Equal(id == 2, stat.VirtualSize == 0);
            Assert.Equal(id == 2, stat.StartBrk is null);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("a b) S 1 (c")]
    [InlineData(") (")]
    [InlineData("two\nlines")]
    [InlineData("\u00e4")]
    public void A_name_may_hold_spaces_parentheses_and_newlines(string name)
    {
        ProcessStat stat = Parse($"7 ({name}){Rest}\n");

        Assert.Equal((7, name, 'S', 1), (stat.Id, stat.Comm, stat.State, stat.ParentId));
        Assert.Equal((4194560, 10, 12, 3, 82, 4096, 7), (stat.Flags, stat.MinorFaults, stat.MajorFaults, stat.Threads, stat.StartTicks, stat.VirtualSize, stat.RssPages));
        Assert.Equal((4198400ul, 5785993ul, 140722760168704ul), (stat.StartCode, stat.EndCode, stat.StartStack));
    }

    // Its files are empty or absent already: the kernel takes the memory away before it makes it a zombie.
    [Theory]
    [InlineData('S', 4194560, false)]
    [InlineData('R', 4194564, true)]
    [InlineData('Z', 4194560, true)]
    [InlineData('X', 4194560, true)]
    public void A_process_that_is_ending_counts_as_ended(char state, long flags, bool hasEnded)
    {
        string rest = Rest.Replace(" S ", $" {state} ", StringComparison.Ordinal).Replace("4194560", $"{flags}", StringComparison.Ordinal);

        Assert.Equal(hasEnded, Parse("7 (x)" + rest).IsZombie);
    }

    [Fact]
    public void Addresses_that_the_kernel_hides_are_null()
    {
        ProcessStat stat = Parse("7 (x)" + Rest.Replace("4198400 5785993 140722760168704", "1 1 0", StringComparison.Ordinal));

        Assert.Equal((null, null, null), (stat.StartCode, stat.EndCode, stat.StartStack));
    }

    [Theory]
    [InlineData("", "the process's id")]
    [InlineData("7", "'('")]
    [InlineData("x (y) S", "a whole number of at most 31 bits")]
    [InlineData("7 (y S 1", "a name in parentheses")]
    [InlineData("7 (y)", "one more field")]
    [InlineData("7 (y) S 1 2 3", "one more field")]
    [InlineData("7 (y) S 1 2 3 4 5 99999999999999999999", "a whole number of at most 63 bits")]
    public void A_garbled_file_is_refused_with_what_was_expected(string text, string expected)
    {
        Assert.Equal(expected, Assert.Throws<KernelFormatException>(() => Parse(text)).Expected);
    }

    [Theory]
    [InlineData("short", "/bin/other\0", "short")]
    [InlineData("fifteen-bytes-x", "/opt/fifteen-bytes-xyz\0-v\0", "fifteen-bytes-xyz")]
    [InlineData("fifteen-bytes-x", "/usr/bin/python3\0./fifteen-bytes-xyz.py\0", "fifteen-bytes-xyz.py")]
    [InlineData("fifteen-bytes-x", "/bin/other\0-a\0fifteen-bytes-xyz\0", "fifteen-bytes-x")]
    [InlineData("fifteen-bytes-x", "", "fifteen-bytes-x")]
    [InlineData("fifteen-bytes-x", "no NUL fifteen", "fifteen-bytes-x")]
    public void A_name_cut_at_15_bytes_is_completed_from_the_arguments(string comm, string arguments, string name)
    {
        Assert.Equal(name, ProcessName.Complete(Parse($"7 ({comm}){Rest}"), Encoding.UTF8.GetBytes(arguments)));
    }

    [Fact]
    public void A_name_cut_within_a_character_is_completed()
    {
        byte[] whole = Encoding.UTF8.GetBytes("fourteen-bytesä-and-more");
        byte[] text = [.. "7 ("u8, .. whole.AsSpan(0, 15), .. Encoding.UTF8.GetBytes(")" + Rest)];
        ProcessStat stat = ProcessStatFile.Parse(KernelReader.Over("/proc/7/stat", text));

        Assert.Equal("fourteen-bytesä-and-more", ProcessName.Complete(stat, [.. "/opt/"u8, .. whole, 0]));
    }

    private static ProcessStat Parse(string text) => ProcessStatFile.Parse(KernelReader.Over("/proc/7/stat", Encoding.UTF8.GetBytes(text)));
}
