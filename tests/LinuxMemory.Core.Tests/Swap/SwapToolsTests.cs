using System.Globalization;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>What mkswap makes is read right, and what we make is read right by blkid, swaplabel and file. Changes nothing on the machine.</summary>
[Collection(nameof(StartsProcesses))]
public sealed class SwapToolsTests : IDisposable
{
    private const string Uuid = "0f1e513d-75cf-4e40-95bf-c528db06439b";
    private const int Size = 12 << 20;

    private readonly string _file = Path.GetTempFileName();

    // From the smallest that mkswap takes to the largest of which ten fit the file.
    public static TheoryData<int> PageSizes => [.. Enumerable.Range(11, 10).Select(power => 1 << power)];

    public void Dispose() => File.Delete(_file);

    [Theory]
    [MemberData(nameof(PageSizes))]
    public void What_mkswap_makes_is_read(int pageSize)
    {
        Require("mkswap");
        Prepare();

        (int code, string output) = Run("mkswap", "-p", pageSize.ToString(CultureInfo.InvariantCulture), "-L", "a label", "-U", Uuid, _file);

        Assert.True(code == 0, output);
        SwapHeader header = Read()!;
        Assert.Equal((pageSize, "a label", Uuid, (Size / pageSize) - 1L), (header.PageSize, header.Label, header.Uuid, header.LastPage));
    }

    [Fact]
    public void What_mkswap_refuses_is_below_the_smallest_page_that_is_read()
    {
        Require("mkswap");
        Prepare();

        Assert.NotEqual(0, Run("mkswap", "-p", "1024", _file).Code);
        Assert.Equal(2048, SwapHeader.SmallestPage);
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(8192)]
    [InlineData(16384)]
    [InlineData(32768)]
    [InlineData(65536)]
    public void What_is_written_is_what_blkid_swaplabel_and_file_say(int pageSize)
    {
        Prepare();
        Write(SwapHeader.For(Size, pageSize, Uuid, "a label"));

        if (Has("blkid"))
        {
            Dictionary<string, string> said = Run("blkid", "-p", "-o", "export", _file).Output.Split('\n').Where(line => line.Contains('='))
                .Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
            Assert.Equal(("swap", "1", "a\\ label", Uuid), (said["TYPE"], said["VERSION"], said["LABEL"].Contains('\\') ? said["LABEL"] : said["LABEL"].Replace(" ", "\\ "), said["UUID"]));
        }
        if (Has("swaplabel"))
        {
            string output = Run("swaplabel", _file).Output;
            Assert.Contains("LABEL: a label", output, StringComparison.Ordinal);
            Assert.Contains(Uuid, output, StringComparison.Ordinal);
        }
        if (Has("file"))
        {
            string output = Run("file", "-b", _file).Output;
            Assert.Contains($"{pageSize >> 10}k page size", output, StringComparison.Ordinal);
            Assert.Contains($"size {(Size / pageSize) - 1} pages, 0 bad pages, LABEL=a label, UUID={Uuid}", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_swaplabel_changes_is_read()
    {
        Require("swaplabel");
        Prepare();
        Write(SwapHeader.For(Size, 4096, null, null));

        Assert.Equal(0, Run("swaplabel", "-L", "new", "-U", Uuid, _file).Code);

        SwapHeader header = Read()!;
        Assert.Equal(("new", Uuid), (header.Label, header.Uuid));
    }

    [Fact]
    public void What_mkswap_and_we_write_is_the_same_byte_for_byte()
    {
        Require("mkswap");
        Prepare();
        Assert.Equal(0, Run("mkswap", "-p", "4096", "-L", "same", "-U", Uuid, _file).Code);

        Assert.Equal(File.ReadAllBytes(_file)[..4096], SwapHeader.For(Size, 4096, Uuid, "same").ToPage());
    }

    private static bool Has(string tool) => Run("sh", "-c", "PATH=$PATH:/sbin:/usr/sbin command -v " + tool).Code == 0;

    private static void Require(string tool) => Assert.SkipUnless(Has(tool), $"needs {tool}");

    private static (int Code, string Output) Run(string tool, params string[] arguments) =>
        Live.Run("env", [$"PATH={Environment.GetEnvironmentVariable("PATH")}:/sbin:/usr/sbin", tool, .. arguments]);

    private void Prepare()
    {
        using FileStream stream = File.OpenWrite(_file);
        stream.SetLength(Size);
        File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void Write(SwapHeader header)
    {
        using FileStream stream = File.OpenWrite(_file);
        stream.Write(header.ToPage());
    }

    private SwapHeader? Read()
    {
        using KernelFile file = FileCalls.Open(_file, OpenFlags.ReadOnly);
        return SwapHeader.Read(file);
    }
}
