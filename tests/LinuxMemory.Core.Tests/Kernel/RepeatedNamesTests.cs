using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class RepeatedNamesTests
{
    [Fact]
    public void A_name_that_comes_again_is_the_same_text()
    {
        RepeatedNames names = new();
        string first = names.TextOf("nr_free_pages"u8);
        names.TextOf("nr_mapped"u8);

        Assert.Same(first, names.TextOf("nr_free_pages"u8));
        Assert.Equal("nr_mapped", names.TextOf("nr_mapped"u8));
    }

    [Fact]
    public void Bytes_that_are_no_text_do_not_match_anything_wrongly()
    {
        RepeatedNames names = new();

        Assert.Equal("\uFFFD", names.TextOf([0xff]));
        Assert.Equal("\uFFFD", names.TextOf([0xff]));
        Assert.Equal("", names.TextOf([]));
    }
}
