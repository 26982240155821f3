using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace LinuxMemory.Commands;

/// <summary>Finds the process id in an object: a number, or its property ProcessId, Id or PID.</summary>
internal static class ProcessIdOf
{
    // An object of ours with both, such as a mapping with a number of its own, means the process by ProcessId.
    private static readonly string[] Names = ["ProcessId", "Id", "PID"];

    // Their ids are other numbers: change 1 of the journal is not process 1.
    private static readonly string[] Others = [.. from type in (Type[])[typeof(MemoryChange), typeof(NumaNode), typeof(MemoryBlock), typeof(IommuGroup)]
                                                  from prefix in (string[])["", "Deserialized."]
                                                  select prefix + type.FullName, "System.Management.Automation.Job"];

    /// <summary>The id.</summary>
    /// <exception cref="MemoryErrorException">The object has none.</exception>
    public static int Object(object item)
    {
        object plain = item is PSObject { BaseObject: object wrapped } ? wrapped : item;
        if (Number(plain) is int number)
        {
            return number;
        }
        foreach (string name in IsOther(plain, item as PSObject) ? [] : Names)
        {
            object? value = plain.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.GetValue(plain)
                ?? (item as PSObject)?.Properties?[name]?.Value;
            if (Number(value is PSObject { BaseObject: object inner } ? inner : value) is int id)
            {
                return id;
            }
        }
        throw new MemoryErrorException(ErrorRecords.Make(ErrorIds.InputObjectInvalid, ErrorCategory.InvalidArgument,
            $"An object of type {plain.GetType().Name} has no process id. Pipe in what Get-Process writes, or an object with the property Id or ProcessId.", item));
    }

    private static bool IsOther(object plain, PSObject? wrapper)
    {
        for (Type? type = plain.GetType(); type is not null; type = type.BaseType)
        {
            if (Others.Contains(type.FullName))
            {
                return true;
            }
        }
        return wrapper?.TypeNames?.Any(Others.Contains) == true;
    }

    private static int? Number(object? value) => value switch
    {
        int id => id,
        long id when id == (int)Math.Clamp(id, int.MinValue, int.MaxValue) => (int)id,
        uint id when id <= int.MaxValue => (int)id,
        ulong id when id <= int.MaxValue => (int)id,
        short or ushort or byte or sbyte => Convert.ToInt32(value, CultureInfo.InvariantCulture),
        double id when id == Math.Truncate(id) && Math.Abs(id) <= int.MaxValue => (int)id,
        // From Import-Csv and the like.
        string text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id) => id,
        _ => null,
    };
}
