using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the words that the named setting takes, or the value that it has.</summary>
public sealed class SettingValueCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed)
    {
        string name = typed.Bound?["Name"] as string ?? "";
        if (!SettingName.IsValid(name) || machine.TryReadText(SettingName.ToPath(SettingName.Normalize(name))) is not string text)
        {
            return [];
        }
        SettingType type = SettingTable.Find(SettingName.Normalize(name))?.Type ?? SettingType.Text;
        IEnumerable<string> values = SettingValue.Choices(text) ?? (type == SettingType.Bool ? ["true", "false"] : [KernelValue.Of(text)]);
        return values.Where(value => value.StartsWith(typed.Word, StringComparison.OrdinalIgnoreCase)).Select(value => new Completion(value, value, $"{name} = {value}"));
    }
}
