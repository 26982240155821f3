using System.Text;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Core.Tests;

public sealed class ConfigLineChangeTests : IDisposable
{
    private const string Conf = "etc/sysctl.d/90-linuxmemory.conf";
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void A_line_of_ours_is_replaced_and_every_other_byte_stays()
    {
        _tree.Write(Conf, "# mine\r\nvm.swappiness = 60\r\n\r\nvm.dirty_ratio=20");

        PlannedChange done = Swappiness("10").Planned(_tree.Machine).Apply(_tree.Machine);

        Assert.Equal("# mine\r\nvm.swappiness = 10\r\n\r\nvm.dirty_ratio=20", _tree.Read(Conf));
        Assert.Equal(("60", "10"), (done.OldValue, done.NewValue));
    }

    [Fact]
    public void A_line_put_behind_the_last_keeps_how_the_file_ends_lines()
    {
        _tree.Write(Conf, "vm.dirty_ratio=20\r\nvm.x=1");

        PlannedChange done = Swappiness("10").Planned(_tree.Machine).Apply(_tree.Machine);

        Assert.Equal("vm.dirty_ratio=20\r\nvm.x=1\r\nvm.swappiness = 10", _tree.Read(Conf));
        done.Reverse!.Apply(_tree.Machine);
        Assert.Equal("vm.dirty_ratio=20\r\nvm.x=1", _tree.Read(Conf));
    }

    [Theory]
    [InlineData("vm.x=1\r\nvm.swappiness = 10", "vm.x=1")]
    [InlineData("vm.swappiness = 10\nvm.x=1", "vm.x=1")]
    [InlineData("vm.x=1\nvm.swappiness = 10\n", "vm.x=1\n")]
    [InlineData("vm.x=1\n\nvm.swappiness = 10", "vm.x=1\n\n")]
    [InlineData("vm.swappiness = 10", "")]
    public void A_line_taken_out_leaves_the_end_of_the_file_as_open_as_it_was(string before, string after)
    {
        _tree.Write(Conf, before);

        PlannedChange done = (Swappiness("10") with { Line = null }).Planned(_tree.Machine).Apply(_tree.Machine);

        Assert.Equal(after, _tree.Read(Conf));
        done.Reverse!.Apply(_tree.Machine);
        Assert.Equal(before, _tree.Read(Conf));
    }

    [Fact]
    public void A_file_that_was_made_goes_again_with_its_directories()
    {
        PlannedChange done = Swappiness("10").Planned(_tree.Machine).Apply(_tree.Machine);

        Assert.Equal("# Header\nvm.swappiness = 10\n", _tree.Read(Conf));
        done.Reverse!.Apply(_tree.Machine);
        Assert.False(Directory.Exists(_tree.PathOf("etc")));
    }

    [Fact]
    public void What_others_wrote_meanwhile_stays_when_the_line_is_taken_back()
    {
        _tree.Write(Conf, "vm.swappiness = 60\n");
        PlannedChange done = Swappiness("10").Planned(_tree.Machine).Apply(_tree.Machine);
        _tree.Write(Conf, "# new\nvm.swappiness = 10\nvm.x=1\n");

        done.Reverse!.Apply(_tree.Machine);

        Assert.Equal("# new\nvm.swappiness = 60\nvm.x=1\n", _tree.Read(Conf));
    }

    [Fact]
    public void A_line_that_somebody_changed_since_is_noticed()
    {
        _tree.Write(Conf, "vm.swappiness = 60\n");
        PlannedChange back = Swappiness("10").Planned(_tree.Machine).Apply(_tree.Machine).Reverse!;
        _tree.Write(Conf, "vm.swappiness = 100\n");

        Assert.NotEqual(back.OldValue, back.ReadValue(_tree.Machine));
    }

    [Fact]
    public void A_line_that_says_so_already_needs_no_change()
    {
        _tree.Write(Conf, "vm.swappiness = 10\n");

        Assert.False(Swappiness("10").Planned(_tree.Machine).IsNeeded);
        Assert.True(Swappiness("11").Planned(_tree.Machine).IsNeeded);
    }

    [Fact]
    public void Removing_takes_all_lines_of_ours_and_their_return_restores_each()
    {
        const string before = "vm.swappiness = 1\n#\nvm.swappiness = 2";
        _tree.Write(Conf, before);

        PlannedChange done = (Swappiness("") with { Line = null }).Planned(_tree.Machine).Apply(_tree.Machine);

        Assert.Equal("#", _tree.Read(Conf));
        done.Reverse!.Apply(_tree.Machine);
        Assert.Equal(before, _tree.Read(Conf));
    }

    [Fact]
    public void A_thousand_random_files_are_edited_and_taken_back_byte_for_byte()
    {
        const int seed = 20260131;
        Random random = new(seed);
        string path = _tree.Write(Conf, "");
        for (int i = 0; i < 1000; i++)
        {
            byte[] before = RandomFile(random);
            File.WriteAllBytes(path, before);
            PlannedChange planned = (Swappiness("10") with { Line = random.Next(5) == 0 ? null : "vm.swappiness = 10" }).Planned(_tree.Machine);
            if (!planned.IsNeeded)
            {
                continue;
            }

            PlannedChange back = planned.Apply(_tree.Machine).Reverse!;
            MemoryChange record = ChangeJournal.Of(_tree.Machine).Describe(planned, ChangeState.Applied, 1) with { Reverse = back };
            byte[] line = JournalLine.Write(record);

            JournalLine.TryRead(line.AsSpan(0, line.Length - 1))!.Reverse!.Apply(_tree.Machine);
            Assert.True(before.AsSpan().SequenceEqual(File.ReadAllBytes(path)), $"file {i} of seed {seed}: {Encoding.Latin1.GetString(before)}");
        }
    }

    private ConfigLineChange Swappiness(string value) => new()
    {
        Path = Conf,
        Target = _tree.Machine.Locate(Conf),
        Setting = "vm.swappiness",
        Owns = line => line.StartsWith("vm.swappiness", StringComparison.Ordinal) && line.Contains('='),
        Line = $"vm.swappiness = {value}",
        ValueOf = line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim(),
        Header = "# Header",
    };

    private static byte[] RandomFile(Random random)
    {
        string[] contents = ["# a comment", "", "vm.swappiness = 60", "vm.swappiness=10", "vm.dirty_ratio = 20", "\tkernel.x = \u00E4\u00F6", "; other", "vm.swappiness = 10"];
        string end = random.Next(3) == 0 ? "\r\n" : "\n";
        using MemoryStream file = new();
        int count = random.Next(12);
        for (int i = 0; i < count; i++)
        {
            if (random.Next(10) == 0)
            {
                byte[] noise = new byte[random.Next(20)];
                random.NextBytes(noise);
                file.Write(noise);
            }
            file.Write(Encoding.UTF8.GetBytes(contents[random.Next(contents.Length)]));
            bool isOpen = i == count - 1 && random.Next(3) == 0;
            file.Write(Encoding.UTF8.GetBytes(isOpen ? "" : random.Next(20) == 0 ? "\n" : end));
        }
        return file.ToArray();
    }
}
