using System.Collections.ObjectModel;
using System.Reflection;

namespace LinuxMemory.CommandLine;

/// <summary>The values that an attribute was written with.</summary>
internal static class AttributeValues
{
    /// <summary>A named value; the type's default when it was not written.</summary>
    public static T? Named<T>(this CustomAttributeData attribute, string name)
    {
        foreach (CustomAttributeNamedArgument argument in attribute.NamedArguments)
        {
            if (argument.MemberName == name)
            {
                return (T?)argument.TypedValue.Value;
            }
        }
        return default;
    }

    /// <summary>The values in the parentheses, a params array laid flat.</summary>
    public static IEnumerable<object?> Values(this CustomAttributeData attribute) => attribute.ConstructorArguments.SelectMany(argument =>
        argument.Value is ReadOnlyCollection<CustomAttributeTypedArgument> list ? list.Select(item => item.Value) : [argument.Value]);
}
