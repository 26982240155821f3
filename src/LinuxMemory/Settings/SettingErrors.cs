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

    public static MemoryError ValueInvalid(string name, string value, string expected) => ErrorRecords.Make(ErrorIds.SettingValueInvalid, ErrorCategory.InvalidArgument,
        $"{name} does not take '{Display.Text(value)}': it takes {expected}. Nothing was changed.", value);

    public static MemoryError ReadOnly(string name, string path) => ErrorRecords.Make(ErrorIds.SettingReadOnly, ErrorCategory.InvalidOperation,
        $"{name} cannot be set: the kernel takes no new value in {path}.", name);

    public static MemoryError IsTrigger(string name) => ErrorRecords.Make(ErrorIds.SettingIsTrigger, ErrorCategory.InvalidOperation,
        $"{name} holds no value: writing into it does something once. {name switch
        {
            "vm.drop_caches" => "Use Clear-PageCache.",
            "vm.compact_memory" => "Use Invoke-MemoryCompaction.",
            _ => "Reading the counters does the same.",
        }}", name);

    public static MemoryError NoTransparentHugePages(string root) => ErrorRecords.Make(ErrorIds.TransparentHugePageUnavailable, ErrorCategory.NotInstalled,
        "This kernel has no transparent huge pages: it was built without them, as real-time kernels are.", root);

    public static MemoryError NoSuchHugePageSize(long size, IReadOnlyList<TransparentHugePageSize>? sizes) => ErrorRecords.Make(
        ErrorIds.TransparentHugePageUnavailable, ErrorCategory.InvalidArgument,
        sizes is { Count: > 0 }
            ? $"This kernel does not let that be set for transparent huge pages of {Display.Size(size)}. It has the sizes {string.Join(", ", sizes.Select(other => Display.Size(other.Size)))}."
            : "This kernel sets transparent huge pages for all sizes at once: leave out -Size. Sizes of their own are there since 6.8.",
        size);

    public static MemoryError NothingToSet() => ErrorRecords.Make(ErrorIds.SettingValueInvalid, ErrorCategory.InvalidArgument,
        "Say what to set: -Enabled, -Defrag or -ShmemEnabled.", null);

    public static MemoryError DefragIsForAllSizes() => ErrorRecords.Make(ErrorIds.SettingValueInvalid, ErrorCategory.InvalidArgument,
        "The kernel has one defrag for all sizes of huge pages. Set -Defrag in a command without -Size. Nothing was changed.", null);

    private static string Lifetime(SettingDefinition known) =>
        known.Since is null && known.Until is null ? "on some kernels"
        : known.Until is null ? $"since {known.Since}"
        : known.Since is null ? $"until {known.Until}"
        : $"from {known.Since} until {known.Until}";
}
