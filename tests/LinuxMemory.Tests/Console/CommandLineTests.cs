using LinuxMemory.CommandLine;

namespace LinuxMemory.Tests;

/// <summary>Arguments are read as PowerShell reads them.</summary>
public class CommandLineTests
{
    [Theory]
    [InlineData("Value", 60, "-Value", "60")]
    [InlineData("Value", 60, "-value:60")]
    [InlineData("Value", 60, "-Value:", "60")]
    [InlineData("Value", 60, "-Val", "60")]
    [InlineData("Value", 16, "-Value", "0x10")]
    [InlineData("Value", null, "-Value", "$null")]
    [InlineData("Size", 2147483648L, "-Size", "2GiB")]
    [InlineData("Size", 4096L, "-Size", "4096")]
    [InlineData("Day", DayOfWeek.Sunday, "-Day", "sunday")]
    [InlineData("Day", DayOfWeek.Monday, "-Day", "mo")]
    [InlineData("Enabled", "MADVISE", "-Enabled", "MADVISE")]
    [InlineData("Balancing", true, "-Balancing", "$true")]
    [InlineData("Balancing", false, "-Balancing", "false")]
    [InlineData("Rate", -0.5, "-Rate", "-0.5")]
    [InlineData("Force", true, "-Force")]
    [InlineData("Force", false, "-Force:$false")]
    [InlineData("Confirm", false, "-Confirm:$false")]
    [InlineData("WhatIf", true, "-wi")]
    [InlineData("Verbose", true, "-vb")]
    [InlineData("As", OutputFormat.Json, "-as", "json")]
    [InlineData("ErrorAction", MessageAction.SilentlyContinue, "-ea", "silentlycontinue")]
    public void Takes_a_value_by_name(string name, object? value, params string[] arguments) => Assert.Equal(value, Values(arguments)[name]);

    [Fact]
    public void Takes_a_list_by_comma() => Assert.Equal([1, 2, 3], (int[])Values("-Id", "1,2,3")["Id"]!);

    [Fact]
    public void Takes_a_list_that_spaces_part_after_commas() => Assert.Equal([1, 2, 3], (int[])Values("-PID", "1,", "2,", "3")["Id"]!);

    [Fact]
    public void A_comma_in_quotes_parts_nothing() => Assert.Equal(["a,b", "c"], (string[])Values("-Name", "'a,b',c")["Name"]!);

    [Fact]
    public void Takes_an_address_that_no_signed_number_holds() =>
        Assert.Equal(0xffff_ffff_ff60_0000, Values("-Address", "0xffffffffff600000")["Address"]);

    [Theory]
    [InlineData("150ms", 150)]
    [InlineData("2s", 2000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("00:00:02", 2000)]
    [InlineData("PT2.5S", 2500)]
    public void Takes_a_duration_in_the_usual_ways(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Values("-Stall", text)["Stall"]);

    [Fact]
    public void Takes_a_time_with_its_zone() =>
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 14, 0, 0, TimeSpan.FromHours(1)), Values("-After", "2026-01-31T14:00+01:00")["After"]);

    [Fact]
    public void Values_without_a_name_go_by_position()
    {
        Dictionary<string, object?> values = Values("bash,init", "1KB");

        Assert.Equal(["bash", "init"], (string[])values["Name"]!);
        Assert.Equal(1024L, values["Size"]);
    }

    [Fact]
    public void A_position_whose_parameter_is_named_goes_to_the_next() => Assert.Equal(1024L, Values("-Name", "a", "1KB")["Size"]);

    [Fact]
    public void After_two_dashes_everything_is_a_value() => Assert.Equal(["-Force"], (string[])Values("--", "-Force")["Name"]!);

    [Fact]
    public void A_named_parameter_decides_the_set() => Assert.Equal("ById", Set("-Id", "1").Name);

    [Fact]
    public void Where_several_sets_fit_the_default_wins() => Assert.Equal("ByName", Set("1").Name);

    [Theory]
    [InlineData("-Id", "1", "-Name", "a")]
    [InlineData("-Id", "x")]
    [InlineData("-Id", "1,,2")]
    [InlineData("-Id")]
    [InlineData("-Id", "-Force")]
    [InlineData("-Id", "99999999999")]
    [InlineData("-Value", "201")]
    [InlineData("-Value", "-1")]
    [InlineData("-Value", "1", "-Value", "2")]
    [InlineData("-Enabled", "sometimes")]
    [InlineData("-Name", "")]
    [InlineData("-Size", "512XB")]
    [InlineData("-Size", "9EB")]
    [InlineData("-Day", "Someday")]
    [InlineData("-Day", "3")]
    [InlineData("-Day", "s")]
    [InlineData("-Rate", "NaN")]
    [InlineData("-Stall", "5")]
    [InlineData("-Stall", "5 parsecs")]
    [InlineData("-After", "soon")]
    [InlineData("-Balancing", "maybe")]
    [InlineData("-Force:maybe")]
    [InlineData("-Nmae", "x")]
    [InlineData("--Name", "x")]
    [InlineData("-A", "1")]
    [InlineData("a", "1", "2")]
    public void Refuses_what_is_not_right(params string[] arguments) => Assert.Throws<UsageException>(() => Values(arguments));

    [Fact]
    public void A_refusal_of_a_name_says_what_was_probably_meant() =>
        Assert.Contains("-Name", Assert.Throws<UsageException>(() => Values("-Nmae", "x")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_refusal_of_a_word_lists_the_right_ones() =>
        Assert.Contains("Sunday", Assert.Throws<UsageException>(() => Values("-Day", "Someday")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_switch_reaches_the_cmdlet_although_SwitchParameter_holds_nothing()
    {
        using SampleCommand cmdlet = new();

        foreach ((CommandParameter parameter, object? value) in Set("-Force", "-PassThru:$false").Values)
        {
            parameter.Set(cmdlet, value);
        }

        Assert.Equal(["Force"], cmdlet.Switches);
    }

    private static ParameterSet Set(params string[] arguments)
    {
        Command command = Command.From(typeof(SampleCommand));
        return ParameterSet.Choose(command, CommandLine.CommandLine.Read(command, arguments));
    }

    private static Dictionary<string, object?> Values(params string[] arguments) =>
        Set(arguments).Values.ToDictionary(pair => pair.Key.Name, pair => pair.Value);
}
