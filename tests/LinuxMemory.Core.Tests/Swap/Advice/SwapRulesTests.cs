using LinuxMemory.Fixtures;

namespace LinuxMemory.Core.Tests;

public class SwapRulesTests
{
    private const long MB = 1L << 20;
    private const long GB = 1L << 30;

    [Theory]
    [InlineData("Oracle", 256, 512)]
    [InlineData("Oracle", 512, 1024)]
    [InlineData("Oracle", 965, 1447)]
    [InlineData("Oracle", 2048, 3072)]
    [InlineData("Oracle", 2049, 2049)]
    [InlineData("Oracle", 8192, 8192)]
    [InlineData("Oracle", 16384, 12288)]
    [InlineData("Common", 4096, 8192)]
    [InlineData("Common", 7900, 7900)]
    [InlineData("Common", 16000, 8192)]
    [InlineData("Common", 65536, 8192)]
    [InlineData("Common", 131072, 16384)]
    [InlineData("Common", 1048576, 16384)]
    [InlineData("RedHat", 2048, 4096)]
    [InlineData("RedHat", 8192, 8192)]
    [InlineData("RedHat", 8193, 4096)]
    [InlineData("RedHat", 524288, 4096)]
    [InlineData("Ubuntu", 200, 256)]
    [InlineData("Ubuntu", 1000, 1024)]
    [InlineData("Ubuntu", 15900, 4096)]
    [InlineData("Ubuntu", 2097152, 47104)]
    public void The_published_tables_are_followed(string rule, long memory, long swap) =>
        Assert.Equal(swap, Advise(rule, memory, hibernates: false) / MB);

    [Theory]
    [InlineData("RedHat", 2048, 6144)]
    [InlineData("RedHat", 8192, 16384)]
    [InlineData("RedHat", 65536, 98304)]
    [InlineData("RedHat", 65537, null)]
    [InlineData("Ubuntu", 16000, 20480)]
    [InlineData("Ubuntu", 9000000, null)]
    [InlineData("Oracle", 16000, null)]
    [InlineData("Common", 16000, null)]
    public void Hibernation_has_columns_of_its_own(string rule, long memory, object? swap) =>
        Assert.Equal((long?)(int?)swap, Advise(rule, memory, hibernates: true) / MB);

    [Fact]
    public void What_a_machine_uses_decides_the_last_rules()
    {
        SwapNeed need = Need(8192) with { Committed = 10 * GB, Used = 7 * GB, SwapUsed = GB, BelowPeak = 2 * GB, ImageSize = 3 * GB };

        Assert.Equal(2 * GB, Compute("Committed", need).Bytes);
        Assert.Equal((10 * GB) - (8 * GB / 10 * 9), Compute("Peak", need).Bytes);
        Assert.Equal(2 * GB, Compute("SwapUse", need).Bytes);
        Assert.Equal(5 * GB, Compute("SwapUse", need with { Hibernates = true }).Bytes);
        Assert.Null(Compute("Peak", need with { BelowPeak = null }).Bytes);
        Assert.Equal(0, Compute("Committed", need with { Committed = GB }).Bytes);
        Assert.Contains("more memory would help", Compute("SwapUse", need with { SwappedIn = 100 * GB, UpTime = TimeSpan.FromHours(1) }).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_what_to_create()
    {
        SwapAdvice advice = new() { Rule = "x", Reason = "", Source = "", Current = GB, Memory = GB };

        Assert.Equal(GB, (advice with { Recommended = 2 * GB }).Missing);
        Assert.Equal(0, (advice with { Recommended = GB + 4096 }).Missing);
        Assert.Equal(0, (advice with { Recommended = 0 }).Missing);
        Assert.Null(advice.Missing);
    }

    [Fact]
    public void Hibernation_does_not_count_zram()
    {
        SwapAdvice[] without = [.. SwapRules.Read(Fixture.Machine("6.12.117+deb12-amd64-swap"), hibernates: false, _ => true)];
        SwapAdvice[] with = [.. SwapRules.Read(Fixture.Machine("6.12.117+deb12-amd64-swap"), hibernates: true, _ => true)];

        Assert.Equal(SwapRules.Names, without.Select(advice => advice.Rule));
        Assert.All(without, advice => Assert.Equal((65532 + 49128 + 65532) * 1024L, advice.Current));
        Assert.All(with, advice => Assert.Equal((65532 + 49128) * 1024L, advice.Current));
        Assert.All(with, advice => Assert.True(advice is { Hibernates: true, Reason.Length: > 10, Source.Length: > 10 }));
    }

    private static long? Advise(string rule, long megabytes, bool hibernates) => Compute(rule, Need(megabytes) with { Hibernates = hibernates }).Bytes;

    private static (long? Bytes, string Reason) Compute(string rule, SwapNeed need) => SwapRule.All.Single(known => known.Name == rule).Compute(need);

    private static SwapNeed Need(long megabytes) => new() { Memory = megabytes * MB, Swap = 0, ZramSwap = 0, SwapUsed = 0, Committed = 0, Used = 0, ImageSize = 0 };
}
