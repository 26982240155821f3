using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace LinuxMemory.CommandLine;

/// <summary>A property that is shown: public, readable, no indexer.</summary>
internal sealed class ShownProperty
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<ShownProperty>> Known = new();

    private readonly PropertyInfo _property;

    private ShownProperty(PropertyInfo property)
    {
        _property = property;
        JsonName = JsonEncodedText.Encode(property.Name);
    }

    public string Name => _property.Name;

    public JsonEncodedText JsonName { get; }

    public object? Get(object item) => _property.GetValue(item);

    /// <summary>A type's properties in the order in which they are written down, those of its base first.</summary>
    public static IReadOnlyList<ShownProperty> Of(Type type) => Known.GetOrAdd(type, t => [..
        t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .OrderBy(property => Depth(property.DeclaringType!)).ThenBy(property => property.MetadataToken)
            .Select(property => new ShownProperty(property))]);

    private static int Depth(Type type) => type.BaseType is Type parent ? Depth(parent) + 1 : 0;
}
