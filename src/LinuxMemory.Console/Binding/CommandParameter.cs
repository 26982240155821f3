using System.Management.Automation;
using System.Reflection;
using LinuxMemory.Commands;

namespace LinuxMemory.CommandLine;

/// <summary>How a parameter stands in one parameter set; a position of null is by name only.</summary>
internal sealed record ParameterUse(int? Position, bool IsMandatory, bool TakesRest);

/// <summary>
/// A parameter as its attributes describe it. PowerShellStandard's attributes give no values back at run time, so all is
/// read from <see cref="CustomAttributeData"/>.
/// </summary>
internal sealed class CommandParameter
{
    /// <summary>The name of the set that a parameter without one belongs to: all of them.</summary>
    public const string AllSets = "__AllParameterSets";

    private readonly Dictionary<string, ParameterUse> _uses = new(StringComparer.OrdinalIgnoreCase);

    private CommandParameter(PropertyInfo property, IList<CustomAttributeData> attributes)
    {
        Property = property;
        Attributes = attributes;
        IsCommon = property.DeclaringType == typeof(CommonParameters);
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsSwitch = type == typeof(SwitchParameter) || (IsCommon && type == typeof(bool));
        IsArray = type.IsArray;
        ElementType = IsArray ? type.GetElementType()! : type;
        ElementType = Nullable.GetUnderlyingType(ElementType) ?? ElementType;
    }

    public PropertyInfo Property { get; }

    public IList<CustomAttributeData> Attributes { get; }

    public string Name => Property.Name;

    public IReadOnlyList<string> Aliases { get; private set; } = [];

    /// <summary>One of the Console's own, not of the cmdlet.</summary>
    public bool IsCommon { get; }

    public bool IsSwitch { get; }

    public bool IsArray { get; }

    /// <summary>The type of a value, or of each one of an array, without Nullable.</summary>
    public Type ElementType { get; }

    /// <summary>The sets that name this parameter.</summary>
    public IEnumerable<string> Sets => _uses.Keys;

    public bool CanBeNull => !Property.PropertyType.IsValueType || Nullable.GetUnderlyingType(Property.PropertyType) is not null;

    /// <summary>The parameter that a property is; null when it is none.</summary>
    public static CommandParameter? From(PropertyInfo property)
    {
        CommandParameter? parameter = null;
        IList<CustomAttributeData> attributes = property.GetCustomAttributesData();
        foreach (CustomAttributeData attribute in attributes)
        {
            if (attribute.AttributeType == typeof(ParameterAttribute))
            {
                parameter ??= new CommandParameter(property, attributes);
                string set = attribute.Named<string>(nameof(ParameterAttribute.ParameterSetName)) ?? AllSets;
                int? position = attribute.Named<int?>(nameof(ParameterAttribute.Position));
                parameter._uses[set] = new ParameterUse(position, attribute.Named<bool>(nameof(ParameterAttribute.Mandatory)),
                    attribute.Named<bool>(nameof(ParameterAttribute.ValueFromRemainingArguments)));
            }
        }
        if (parameter is not null && attributes.FirstOrDefault(a => a.AttributeType == typeof(AliasAttribute)) is CustomAttributeData alias)
        {
            parameter.Aliases = [.. alias.Values().Cast<string>()];
        }
        return parameter;
    }

    /// <summary>How the parameter stands in a set; null when it is not part of it.</summary>
    public ParameterUse? In(string set) => _uses.GetValueOrDefault(set) ?? _uses.GetValueOrDefault(AllSets);

    /// <summary>The attribute that makes a value of text; null for PowerShell's own conversions.</summary>
    public ITextArgument? TextArgument => (ITextArgument?)Property.GetCustomAttributes(typeof(ITextArgument), inherit: true).FirstOrDefault();

    /// <summary>Puts a value into the cmdlet.</summary>
    public void Set(object owner, object? value)
    {
        if (owner is MemoryCmdlet cmdlet && IsSwitch)
        {
            if (value is true)
            {
                cmdlet.Switches.Add(Name);
            }
            return;
        }
        Property.SetValue(owner, value);
    }
}
