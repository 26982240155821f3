using System.Management.Automation;

namespace LinuxMemory.CommandLine;

/// <summary>Syntax as Get-Command -Syntax writes it: [[-Id] &lt;int[]&gt;] [-Continuous].</summary>
internal static class CommandSyntax
{
    private static readonly Dictionary<Type, string> Words = new()
    {
        [typeof(string)] = "string",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(uint)] = "uint",
        [typeof(double)] = "double",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(object)] = "Object",
        [typeof(SwitchParameter)] = "switch",
    };

    /// <summary>A cmdlet with the parameters of one set: by position, the demanded ones, the others.</summary>
    public static string Of(Command command, string set)
    {
        IEnumerable<CommandParameter> parameters = command.Parameters
            .Where(p => p.In(set) is not null && (!p.IsCommon || p.Name is "WhatIf" or "Confirm"))
            .OrderBy(p => p.In(set)!.Position ?? int.MaxValue).ThenByDescending(p => p.In(set)!.IsMandatory);
        return string.Join(' ', parameters.Select(p => Of(p, p.In(set)!)).Prepend(command.Name).Append("[<CommonParameters>]"));
    }

    /// <summary>A parameter with its type, "-Id &lt;int[]&gt;".</summary>
    public static string Of(CommandParameter parameter) => parameter.IsSwitch ? $"-{parameter.Name}" : $"-{parameter.Name} <{TypeOf(parameter)}>";

    /// <summary>A parameter's type, a size as long.</summary>
    public static string TypeOf(CommandParameter parameter) =>
        (Words.GetValueOrDefault(parameter.ElementType) ?? parameter.ElementType.Name) + (parameter.IsArray ? "[]" : "");

    private static string Of(CommandParameter parameter, ParameterUse use)
    {
        string name = use.Position is null ? $"-{parameter.Name}" : use.IsMandatory ? $"[-{parameter.Name}]" : $"[[-{parameter.Name}]";
        return parameter.IsSwitch ? $"[-{parameter.Name}]"
            : use.IsMandatory ? $"{name} <{TypeOf(parameter)}>"
            : use.Position is null ? $"[{name} <{TypeOf(parameter)}>]"
            : $"{name} <{TypeOf(parameter)}>]";
    }
}
