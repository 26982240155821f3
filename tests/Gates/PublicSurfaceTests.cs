using System.Reflection;
using System.Text;
using LinuxMemory.CommandLine;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Gates;

/// <summary>
/// What scripts rely on, in tests/Golden/PublicSurface.txt: cmdlets with their syntax and parameters, and the types they write.
/// What vanishes from it breaks somebody; LINUXMEMORY_UPDATE_GOLDEN=1 writes it anew.
/// </summary>
public class PublicSurfaceTests
{
    [Fact]
    public void The_public_surface_is_as_it_was_last_agreed()
    {
        StringBuilder text = new();
        foreach (Command command in CommandTable.All)
        {
            Describe(text, command);
        }
        foreach (Type type in CommandTable.All.SelectMany(command => command.OutputTypes).SelectMany(Reached).Distinct().OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            Describe(text, type);
        }

        Golden.Check(text.ToString(), "PublicSurface.txt");
    }

    private static void Describe(StringBuilder text, Command command)
    {
        text.Append($"{command.Name} -> {string.Join(", ", command.OutputTypes.Select(NameOf))}{(command.AsksUnasked ? " (asks)" : "")}\n");
        foreach (string set in command.Sets)
        {
            text.Append($"  {(set == command.DefaultSet ? "* " : "")}{CommandSyntax.Of(command, set)}\n");
        }
        foreach (CommandParameter parameter in command.Parameters.Where(p => p.Aliases.Count > 0 && !p.IsCommon))
        {
            text.Append($"  -{parameter.Name} is also {string.Join(", ", parameter.Aliases.Select(alias => "-" + alias))}\n");
        }
        text.Append('\n');
    }

    private static void Describe(StringBuilder text, Type type)
    {
        text.Append($"{type.FullName}\n");
        if (type.IsEnum)
        {
            text.Append($"  {string.Join(", ", Enum.GetNames(type))}\n");
        }
        NullabilityInfoContext nullability = new();
        foreach (PropertyInfo property in Properties(type))
        {
            bool isNull = property.PropertyType.IsClass && nullability.Create(property).ReadState == NullabilityState.Nullable;
            text.Append($"  {property.Name}: {NameOf(property.PropertyType)}{(isNull ? "?" : "")}\n");
        }
        text.Append('\n');
    }

    // A type of ours and those that its properties hold.
    private static IEnumerable<Type> Reached(Type type)
    {
        HashSet<Type> seen = [];
        Queue<Type> next = new([type]);
        while (next.TryDequeue(out Type? current))
        {
            Type plain = Nullable.GetUnderlyingType(current) ?? current;
            foreach (Type part in plain.IsArray ? [plain.GetElementType()!] : plain.GetGenericArguments())
            {
                next.Enqueue(part);
            }
            if (plain.Namespace == "LinuxMemory" && !plain.IsArray && seen.Add(plain))
            {
                foreach (PropertyInfo property in Properties(plain))
                {
                    next.Enqueue(property.PropertyType);
                }
            }
        }
        return seen;
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) => type.IsEnum ? []
        : type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.Name, StringComparer.Ordinal);

    private static string NameOf(Type type) =>
        Nullable.GetUnderlyingType(type) is Type plain ? NameOf(plain) + "?"
        : type.IsArray ? NameOf(type.GetElementType()!) + "[]"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;
}
