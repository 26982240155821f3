using System.Management.Automation;
using System.Reflection;
using LinuxMemory.Commands;

namespace LinuxMemory.CommandLine;

/// <summary>A cmdlet class as its attributes describe it.</summary>
internal sealed class Command
{
    private readonly Type _type;

    private Command(Type type, CustomAttributeData cmdlet)
    {
        _type = type;
        Name = string.Join('-', cmdlet.Values());
        DefaultSet = cmdlet.Named<string>(nameof(CmdletAttribute.DefaultParameterSetName));
        CanAsk = cmdlet.Named<bool>(nameof(CmdletAttribute.SupportsShouldProcess));
        AsksUnasked = CanAsk && cmdlet.Named<int>(nameof(CmdletAttribute.ConfirmImpact)) == (int)ConfirmImpact.High;
        Parameters = [.. ParametersOf(type), .. ParametersOf(typeof(CommonParameters)).Where(p => CanAsk || p.Name is not ("WhatIf" or "Confirm"))];
        // The default set may be one that no parameter names: the cmdlet without any of them.
        IEnumerable<string> named = Parameters.SelectMany(p => p.Sets).Where(s => s != CommandParameter.AllSets);
        string[] sets = [.. (DefaultSet is null ? named : named.Prepend(DefaultSet)).Distinct(StringComparer.OrdinalIgnoreCase)];
        Sets = sets.Length > 0 ? sets : [CommandParameter.AllSets];
    }

    public string Name { get; }

    public Type Type => _type;

    /// <summary>The parameter set that wins where several fit; null when none does.</summary>
    public string? DefaultSet { get; }

    public IReadOnlyList<string> Sets { get; }

    /// <summary>The cmdlet's own in the order of its class, then the Console's.</summary>
    public IReadOnlyList<CommandParameter> Parameters { get; }

    /// <summary>The cmdlet knows -WhatIf and -Confirm.</summary>
    public bool CanAsk { get; }

    /// <summary>Its impact is high: it asks without -Confirm.</summary>
    public bool AsksUnasked { get; }

    public static Command From(Type type) =>
        new(type, type.GetCustomAttributesData().First(attribute => attribute.AttributeType == typeof(CmdletAttribute)));

    public MemoryCmdlet Create() => (MemoryCmdlet)Activator.CreateInstance(_type)!;

    /// <summary>The types that the cmdlet says it writes.</summary>
    public IEnumerable<Type> OutputTypes => _type.GetCustomAttributesData()
        .Where(attribute => attribute.AttributeType == typeof(OutputTypeAttribute))
        .SelectMany(attribute => attribute.Values()).OfType<Type>();

    private static IEnumerable<CommandParameter> ParametersOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(CommandParameter.From).OfType<CommandParameter>();
}
