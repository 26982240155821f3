namespace LinuxMemory.Core.Tests;

public class SwapFileResizeTests
{
    [Fact]
    public void One_page_more_is_another_size_although_it_reads_the_same()
    {
        SwapFileResize plan = new() { Target = "/swapfile", Setting = "swap file /swapfile", Path = "/swapfile", OldSize = 4L << 30, Size = (4L << 30) + 4096, OldValue = "4 GiB", NewValue = "4 GiB" };

        Assert.True(plan.IsNeeded);
        Assert.True(plan.Reverse!.IsNeeded);
        Assert.False((plan with { Size = plan.OldSize }).IsNeeded);
    }
}
