using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Errors about names and values of settings.</summary>
internal static class SettingErrors
{
    public static MemoryError NotFound(string name) => ErrorRecords.Make(ErrorIds.SettingNotFound, ErrorCategory.ObjectNotFound,
        SettingTable.Find(SettingName.Normalize(name)) is SettingDefinition known
            ? $"This kernel does not have the setting '{name}': it is there {Lifetime(known)}, and may need a kernel option. 'Get-MemorySetting' lists what is here."
            : $"This kernel has no memory setting '{Display.Text(name)}'. Write for example vm.swappiness, ksm.run or vm.dirty*; 'Get-MemorySetting' lists all.",
        name);

    public static MemoryError NameInvalid(string name) => ErrorRecords.Make(ErrorIds.SettingNameInvalid, ErrorCategory.InvalidArgument,
        $"'{Display.Text(name)}' is no name of a setting: parts of letters, digits, '_', '-' and '+' with dots between them, for example vm.swappiness or transparent_hugepage.enabled.",
        name);

    private static string Lifetime(SettingDefinition known) =>
        known.Since is null && known.Until is null ? "on some kernels"
        : known.Until is null ? $"since {known.Since}"
        : known.Since is null ? $"until {known.Until}"
        : $"from {known.Since} until {known.Until}";
}
