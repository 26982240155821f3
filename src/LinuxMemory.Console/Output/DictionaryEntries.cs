using System.Collections;
using System.Reflection;

namespace LinuxMemory.CommandLine;

/// <summary>The entries of any dictionary, also of one that is only IReadOnlyDictionary.</summary>
internal static class DictionaryEntries
{
    /// <summary>The entries in their order; null when it is no dictionary.</summary>
    public static IEnumerable<KeyValuePair<object, object?>>? Of(IEnumerable items) => items switch
    {
        _ when items.GetType().GetInterfaces().Any(IsDictionary) => items.Cast<object>().Select(Entry),
        IDictionary dictionary => dictionary.Keys.Cast<object>().Select(key => KeyValuePair.Create(key, dictionary[key])),
        _ => null,
    };

    private static bool IsDictionary(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);

    private static KeyValuePair<object, object?> Entry(object pair)
    {
        PropertyInfo key = pair.GetType().GetProperty(nameof(KeyValuePair<,>.Key))!;
        PropertyInfo value = pair.GetType().GetProperty(nameof(KeyValuePair<,>.Value))!;
        return KeyValuePair.Create(key.GetValue(pair)!, value.GetValue(pair));
    }
}
