namespace LinuxMemory.Gates;

/// <summary>
/// Arguments for every cmdlet that changes the machine, with which it has something to change. A new one belongs in here: the
/// gates that run with -WhatIf find the cmdlets by themselves and fail for one without arguments. {pid} is a process, {file} a file,
/// {file}.swap a swap file, {file}.area one that is in use, {zram} a zram device with swap on it.
/// {cgroup} a control group that accounts memory.
/// {file}.swap a swap file, {file}.area one that is in use; for Remove-HugePageMount {file} is a mount.
/// </summary>
internal static class ChangingCommands
{
    /// <summary>A group of the captured machines.</summary>
    public const string Cgroup = "app.slice/worker.service";

    /// <summary>Kernel files that can only be written, so that no captured machine has them.</summary>
    public static readonly string[] WriteOnly = ["proc/sys/vm/drop_caches", "proc/sys/vm/compact_memory", $"sys/fs/cgroup/{Cgroup}/memory.reclaim"];

    /// <summary>Cmdlets whose work no captured machine can do, so that nothing shows there whether the forecast comes true.</summary>
    public static readonly string[] OnThisComputerAlone = ["Export-ProcessCore"];

    public static readonly IReadOnlyDictionary<string, string[]> Arguments = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Clear-PageCache"] = ["-Path", "{file}"],
        ["Disable-SwapArea"] = ["-Path", "{file}.area"],
        ["Enable-SwapArea"] = ["-Path", "{file}.swap"],
        ["Export-ProcessCore"] = ["-Id", "{pid}", "-Path", "{file}.core"],
        ["Invoke-MemoryCompaction"] = [],
        ["Invoke-MemoryReclaim"] = ["-Path", "{cgroup}", "-Size", "1MB"],
        ["Invoke-ProcessPageAdvice"] = ["-Id", "{pid}", "-Advice", "Cold"],
        ["Move-ProcessMemory"] = ["-Id", "{pid}", "-FromNode", "0", "-ToNode", "0"],
        ["New-HugePageMount"] = ["-Path", "/linuxmemory-huge", "-PageSize", "2MB"],
        ["New-SwapFile"] = ["-Path", "{file}.new", "-Size", "1MB", "-Persist"],
        ["New-ZramSwap"] = ["-Size", "1MB"],
        ["Remove-HugePageMount"] = ["-Path", "{file}"],
        ["Remove-SwapFile"] = ["-Path", "{file}.area"],
        ["Remove-ZramSwap"] = ["-Name", "{zram}"],
        ["Set-CgroupMemoryLimit"] = ["-Path", "{cgroup}", "-Max", "1GB", "-Low", "1MB"],
        ["Resize-SwapFile"] = ["-Path", "{file}.area", "-Size", "2MB"],
        ["Set-HugePagePool"] = ["-PageSize", "2MB", "-Count", "3"],
        ["Set-MemorySetting"] = ["-Name", "vm.dirty_expire_centisecs", "-Value", "2950"],
        ["Set-NumaBalancing"] = ["-Enabled", "true"],
        ["Set-OomScoreAdj"] = ["-Id", "{pid}", "-Value", "123"],
        ["Set-ProcessMemoryLimit"] = ["-Id", "{pid}", "-Resource", "Core", "-Soft", "1MB"],
        ["Set-SwapArea"] = ["-Path", "{file}.area", "-Label", "other", "-Priority", "9"],
        ["Set-Swappiness"] = ["-Value", "43"],
        ["Set-TransparentHugePage"] = ["-Enabled", "never"],
        ["Set-Zswap"] = ["-MaxPoolPercent", "21"],
        ["Undo-MemoryChange"] = ["-Last", "1"],
    };

    public static string[] For(string name, int process, string file, string cgroup = Cgroup, string zram = "zram0") => Arguments.TryGetValue(name, out string[]? arguments)
        ? [.. arguments.Select(argument => argument.Replace("{pid}", $"{process}", StringComparison.Ordinal).Replace("{file}", file, StringComparison.Ordinal)
            .Replace("{cgroup}", cgroup, StringComparison.Ordinal).Replace("{zram}", zram, StringComparison.Ordinal))]
        : throw new InvalidOperationException($"{name} changes the machine: add arguments for it to tests/Gates/Changes/ChangingCommands.cs.");
}
