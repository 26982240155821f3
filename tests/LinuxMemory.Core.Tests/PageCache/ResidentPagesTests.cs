using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

/// <summary>mincore is asked where a kernel is older than cachestat; here both are, so that they must agree.</summary>
public sealed class ResidentPagesTests : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5 * 4096 + 1)]
    [InlineData(3 << 20)]
    public void The_two_calls_count_the_same_pages_of_a_file(int size)
    {
        string path = _tree.Write("file", new string('x', size));
        using KernelFile file = Machine.Live.OpenFile(path);
        CachedPages? cached = Machine.Live.Calls.CountCachedPages(file);
        Assert.SkipWhen(cached is null, "This kernel has no cachestat.");

        Assert.Equal(cached.Value.Cached, Machine.Live.Calls.CountResidentPages(file));
    }

    [Fact]
    public void A_hole_is_not_resident()
    {
        string path = _tree.Write("file", "");
        using (FileStream stream = File.OpenWrite(path))
        {
            stream.SetLength(1 << 20);
        }
        using KernelFile file = Machine.Live.OpenFile(path);

        Assert.Equal(0, Machine.Live.Calls.CountResidentPages(file));
    }
}
