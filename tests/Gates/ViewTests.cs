using System.Globalization;
using System.Reflection;
using System.Xml.Linq;
using LinuxMemory.CommandLine;
using LinuxMemory.Commands;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Gates;

/// <summary>Views that both PowerShell and the Console can show.</summary>
public class ViewTests
{
    private const int MostColumns = 8;
    private const int Width = 80;

    public static TheoryData<string, string> Views => [.. Files("*.Format.ps1xml")
        .SelectMany(path => FormatView.Load(path).Select(view => (Path.GetFileName(path), view.Name)))];

    public static TheoryData<string> TypeFiles => [.. Files("*.Types.ps1xml").Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Views))]
    public void Its_cells_are_properties_or_calls_that_exist(string file, string name)
    {
        FormatView view = Find(file, name);
        XElement[] cells = [.. view.Control.Descendants().Where(e => e.Name.LocalName is "PropertyName" or "ScriptBlock").Select(e => e.Parent!).Distinct()];

        Assert.NotEmpty(cells);
        foreach (ViewCell cell in cells.Select(ViewCell.From).Append(view.GroupBy).OfType<ViewCell>().Where(cell => cell.Property is not null))
        {
            Assert.All(view.Types, type => Assert.NotNull(TypeOf(type).GetProperty(cell.Property!)));
        }
    }

    // PowerShell writes fractions and times the way of the session's culture, and the Console does not: Display writes both the same.
    [Theory]
    [MemberData(nameof(Views))]
    public void No_cell_is_left_to_the_culture(string file, string name)
    {
        FormatView view = Find(file, name);
        foreach (string property in view.Control.Descendants("PropertyName").Select(cell => cell.Value))
        {
            Assert.All(view.Types, type =>
            {
                Type value = TypeOf(type).GetProperty(property)!.PropertyType;
                Assert.DoesNotContain(Nullable.GetUnderlyingType(value) ?? value, (Type[])[typeof(double), typeof(float), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset)]);
            });
        }
        Assert.DoesNotContain(view.Control.Descendants("PropertyName"), cell => cell.Value is "OomScoreAdj" or "Priority");
        Assert.Empty(view.Control.Descendants("FormatString"));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void A_table_has_at_most_8_columns_and_fits_80(string file, string name)
    {
        XElement control = Find(file, name).Control;
        if (control.Name != "TableControl")
        {
            return;
        }
        XElement[] headers = [.. control.Descendants("TableColumnHeader")];

        Assert.InRange(headers.Length, 1, MostColumns);
        Assert.Equal(headers.Length, control.Descendants("TableColumnItem").Count());
        Assert.All(headers[..^1], header => Assert.NotNull(header.Element("Width")));
        Assert.All(headers.Where(header => header.Element("Width") is not null && header.Element("Label") is not null), header =>
            Assert.True(header.Element("Label")!.Value.Length <= WidthOf(header), $"The label {header.Element("Label")!.Value} is wider than its column."));
        Assert.InRange(headers.Sum(WidthOf) + headers.Length - 1, 1, Width - 1);
    }

    [Theory]
    [MemberData(nameof(TypeFiles))]
    public void An_alias_stands_for_a_property_that_exists_and_hides_none(string file)
    {
        foreach (XElement type in XDocument.Load(Files(file).First()).Descendants("Type"))
        {
            Type described = TypeOf(type.Element("Name")!.Value);
            Assert.All(type.Descendants("AliasProperty"), alias =>
            {
                Assert.NotNull(described.GetProperty(alias.Element("ReferencedMemberName")!.Value));
                Assert.Null(described.GetProperty(alias.Element("Name")!.Value));
            });
        }
    }

    private static int WidthOf(XElement header) => header.Element("Width") is XElement width ? int.Parse(width.Value, CultureInfo.InvariantCulture) : 10;

    private static FormatView Find(string file, string name) => FormatView.Load(Files(file).First()).First(view => view.Name == name);

    private static IEnumerable<string> Files(string pattern) =>
        Directory.GetFiles(Checkout.Path("src", "LinuxMemory"), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static Type TypeOf(string name)
    {
        Assembly[] places = [typeof(MemInfo).Assembly, typeof(MemoryCmdlet).Assembly];
        Type? type = places.Select(assembly => assembly.GetType(name)).FirstOrDefault(found => found is not null);
        Assert.True(type is not null, $"There is no type {name}.");
        return type;
    }
}
