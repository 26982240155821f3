using System.Management.Automation;
using System.Reflection;
using LinuxMemory.Commands;

namespace LinuxMemory.Gates;

/// <summary>How one parameter set uses a parameter, as code, page and XML all say it.</summary>
public sealed record ParameterUse(string Set, string Position, bool IsRequired, bool FromPipeline, bool FromProperty);

/// <summary>A cmdlet as its code declares it, read from metadata: outside PowerShell the attributes themselves are inert.</summary>
public sealed class CmdletCode
{
    private const string AllSets = "(All)";

    private readonly string? _defaultSet;

    private CmdletCode(Type type, CustomAttributeData cmdlet)
    {
        Name = $"{cmdlet.ConstructorArguments[0].Value}-{cmdlet.ConstructorArguments[1].Value}";
        Type = type;
        Parameters = type.GetProperties().Where(property => Uses(property).Count > 0).ToDictionary(property => property.Name, Uses);
        if (cmdlet.NamedArguments.Any(argument => argument is { MemberName: "SupportsShouldProcess", TypedValue.Value: true }))
        {
            Parameters["WhatIf"] = Parameters["Confirm"] = [new ParameterUse(AllSets, "Named", false, false, false)];
        }
        _defaultSet = cmdlet.NamedArguments.Where(argument => argument.MemberName == "DefaultParameterSetName").Select(argument => (string?)argument.TypedValue.Value).SingleOrDefault();
        OutputTypes = [.. Attributes(type, nameof(OutputTypeAttribute)).SelectMany(TypeNames).Distinct()];
    }

    /// <summary>All cmdlets of the module, by name.</summary>
    public static IReadOnlyList<CmdletCode> All { get; } =
        [.. typeof(MemoryCmdlet).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract)
            .SelectMany(type => Attributes(type, nameof(CmdletAttribute)).Select(cmdlet => new CmdletCode(type, cmdlet)))
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];

    public string Name { get; }

    public Type Type { get; }

    public Dictionary<string, IReadOnlyList<ParameterUse>> Parameters { get; }

    public IReadOnlyList<string> OutputTypes { get; }

    /// <summary>The names of the parameter sets; "(All)" alone where there is only one. The default one may have no parameter of its own.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            string[] named = [.. Parameters.Values.SelectMany(uses => uses).Select(use => use.Set).Append(_defaultSet ?? AllSets).Where(set => set != AllSets).Distinct()];
            return named.Length > 0 ? named : [AllSets];
        }
    }

    /// <summary>What a set holds: its own parameters and those of all sets.</summary>
    public IEnumerable<(string Name, ParameterUse Use)> ParametersOf(string set) =>
        from parameter in Parameters
        from use in parameter.Value
        where use.Set == set || use.Set == AllSets
        select (parameter.Key, use);

    private static IReadOnlyList<ParameterUse> Uses(PropertyInfo property) =>
        [.. Attributes(property, nameof(ParameterAttribute)).Select(Use)];

    private static ParameterUse Use(CustomAttributeData attribute)
    {
        T Value<T>(string name, T missing) =>
            attribute.NamedArguments.Where(argument => argument.MemberName == name).Select(argument => (T)argument.TypedValue.Value!).FirstOrDefault(missing);
        int position = Value("Position", int.MinValue);
        string set = Value("ParameterSetName", ParameterAttribute.AllParameterSets);
        return new ParameterUse(
            set == ParameterAttribute.AllParameterSets ? AllSets : set,
            position == int.MinValue ? "Named" : $"{position}",
            Value("Mandatory", false),
            Value("ValueFromPipeline", false),
            Value("ValueFromPipelineByPropertyName", false));
    }

    private static IEnumerable<string> TypeNames(CustomAttributeData outputType) =>
        outputType.ConstructorArguments
            .SelectMany(argument => argument.Value as IEnumerable<CustomAttributeTypedArgument> ?? [argument])
            .Select(argument => argument.Value is Type type ? type.FullName! : (string)argument.Value!);

    private static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.Name == name);
}
