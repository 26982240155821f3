using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Core.Tests;

public class MemorySettingsTests
{
    public static TheoryData<string> Machines => [.. Fixture.Names];

    [Theory, MemberData(nameof(Machines))]
    public void Every_setting_of_every_captured_machine_is_in_the_table(string machine)
    {
        Assert.All(MemorySettings.Names(Fixture.Machine(machine)), name => Assert.NotNull(SettingTable.Find(name)));
    }

    [Theory, MemberData(nameof(Machines))]
    public void Every_captured_value_has_the_type_and_range_that_the_table_says(string machine)
    {
        Machine captured = Fixture.Machine(machine);
        BootPlan boot = BootPlan.Read(captured);
        foreach (MemorySetting setting in MemorySettings.Read(captured, MemorySettings.Names(captured), boot))
        {
            SettingDefinition definition = SettingTable.Find(setting.Name)!;
            if (definition.IsTrigger)
            {
                Assert.Equal((null, SettingAccess.WriteOnly), (setting.Value, setting.Access));
                continue;
            }
            Type expected = definition.Type switch
            {
                SettingType.Number or SettingType.Mask => setting.Value is ulong ? typeof(ulong) : typeof(long),
                SettingType.Bool => typeof(bool),
                _ => typeof(string),
            };
            Assert.True(setting.Value?.GetType() == expected, $"{setting.Name} is {setting.Value}");
            // Of a pair the one that is off reads 0.
            if (setting.Value is long number && (number != 0 || SettingTwin.Of(setting.Name) is null))
            {
                Assert.True(number >= (setting.Minimum ?? number) && number <= (setting.Maximum ?? number), $"{setting.Name} is {number}");
            }
            if (setting.Allowed is not null)
            {
                Assert.Contains((string)setting.Value!, setting.Allowed);
                Assert.Subset(definition.Allowed!.ToHashSet(), setting.Allowed.ToHashSet());
            }
        }
    }

    [Fact]
    public void Every_row_of_the_table_is_complete()
    {
        foreach (SettingDefinition definition in SettingTable.All)
        {
            Assert.True(SettingName.IsValid(definition.Name.Replace('*', 'x')), definition.Name);
            if (definition.Type != SettingType.Statistic)
            {
                Assert.EndsWith(".", definition.Description, StringComparison.Ordinal);
            }
            Assert.Equal(definition.Type == SettingType.Choice, definition.Allowed is not null);
        }
    }

    [Fact]
    public void The_table_has_every_setting_of_the_running_kernel_or_it_still_appears()
    {
        IReadOnlyList<string> names = MemorySettings.Names(Machine.Live);

        Assert.All(Directory.GetFiles("/proc/sys/vm"), file => Assert.Contains("vm." + Path.GetFileName(file), names));
    }

    [Fact]
    public void A_setting_from_the_future_appears_as_a_number_or_text_without_description()
    {
        using SettingsTree tree = new("6.12.117+deb12-amd64-numa2");
        tree.Write("proc/sys/vm/quantum_pages", "7\n");
        tree.Write("sys/kernel/mm/transparent_hugepage/quantum", "always [never]\n");

        MemorySetting number = Read(tree, "vm.quantum_pages");
        MemorySetting word = Read(tree, "transparent_hugepage.quantum");

        Assert.Subset(MemorySettings.Names(tree.Machine).ToHashSet(), new HashSet<string> { number.Name, word.Name });
        Assert.Equal((7L, (string?)null), (number.Value, number.Description));
        Assert.Equal("never", word.Value);
        Assert.Equal(["always", "never"], word.Allowed);
    }

    [Fact]
    public void Swappiness_goes_to_200_only_where_the_kernel_proves_to_be_new_enough()
    {
        using SettingsTree tree = new("6.12.117+deb12-amd64-numa2");
        Assert.Equal(200, Read(tree, "vm.swappiness").Maximum);

        File.Delete(Path.Join(tree.Root, "proc/sys/vm/page_lock_unfairness"));

        Assert.Null(Read(tree, "vm.swappiness").Maximum);
    }

    [Theory]
    [InlineData(SettingType.Number, "60\n", 60L)]
    [InlineData(SettingType.Number, "-1", -1L)]
    [InlineData(SettingType.Number, "18446744073692774399", 18446744073692774399UL)]
    [InlineData(SettingType.Number, "12 apples", "12 apples")]
    [InlineData(SettingType.Mask, "0x0007\n", 7L)]
    [InlineData(SettingType.Mask, "y", 7L)]
    [InlineData(SettingType.Bool, "true\n", true)]
    [InlineData(SettingType.Bool, "0", false)]
    [InlineData(SettingType.Choice, "always [madvise] never\n", "madvise")]
    [InlineData(SettingType.Choice, "madvise", "madvise")]
    [InlineData(SettingType.List, "256\t256\t32\t0\t0\n", "256 256 32 0 0")]
    [InlineData(SettingType.Text, "Node\n", "Node")]
    [InlineData(SettingType.Trigger, "1\n", null)]
    [InlineData(SettingType.Number, "", null)]
    public void Texts_become_values(SettingType type, string text, object? value) => Assert.Equal(value, SettingValue.Parse(type, text));

    [Theory]
    [InlineData("vm.swappiness", true)]
    [InlineData("transparent_hugepage.hugepages-64kB.enabled", true)]
    [InlineData("vm/swappiness", true)]
    [InlineData("vm.../../etc/passwd", false)]
    [InlineData("vm.swappiness\nkernel.x", false)]
    [InlineData("vm.swap piness", false)]
    [InlineData("swappiness", false)]
    [InlineData(".vm.swappiness", false)]
    [InlineData("/proc/sys/vm/swappiness", false)]
    [InlineData("vm.swappiness=1", false)]
    [InlineData("", false)]
    public void Names_that_try_to_escape_are_no_names(string name, bool isValid) => Assert.Equal(isValid, SettingName.IsValid(name));

    private static MemorySetting Read(SettingsTree tree, string name) => MemorySettings.Read(tree.Machine, name, BootPlan.Read(tree.Machine));
}
