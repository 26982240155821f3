using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the names of running processes, once each.</summary>
public sealed class ProcessNameCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed)
    {
        WildcardName pattern = new(typed.Word + "*");
        return from process in ProcessList.Names(machine)
               where process.Name.Length > 0 && pattern.IsMatch(process.Name)
               group process.Id by process.Name into same
               orderby same.Key
               select new Completion(WildcardName.Escape(same.Key), Display.Text(same.Key), Who([.. same]));
    }

    private static string Who(int[] ids) => string.Create(CultureInfo.InvariantCulture, $"{(ids.Length == 1 ? $"process {ids[0]}" : $"{ids.Length} processes")}");
}
