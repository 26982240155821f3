using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Set-TransparentHugePage: where transparent huge pages are used, for all sizes or for one, now and with -Persist at every boot.</summary>
[Cmdlet(VerbsCommon.Set, "TransparentHugePage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MemoryChange))]
public sealed class SetTransparentHugePageCommand : SettingCmdlet
{
    private const string Prefix = "transparent_hugepage.";

    /// <summary>Where anonymous memory may use them: always, madvise, never; with -Size also inherit.</summary>
    [Parameter(Position = 0)]
    [ValidateSet("always", "madvise", "never", "inherit")]
    public string? Enabled { get; set; }

    /// <summary>How hard a page fault tries for one: always, defer, defer+madvise, madvise, never.</summary>
    [Parameter]
    [ValidateSet("always", "defer", "defer+madvise", "madvise", "never")]
    public string? Defrag { get; set; }

    /// <summary>Where shared memory may use them: always, within_size, advise, never, deny, force; with -Size also inherit.</summary>
    [Parameter]
    [ValidateSet("always", "within_size", "advise", "never", "deny", "force", "inherit")]
    public string? ShmemEnabled { get; set; }

    /// <summary>Only huge pages of this size, such as 64KB; without it the setting that sizes inherit.</summary>
    [Parameter]
    [ByteSize]
    [ArgumentCompleter(typeof(HugePageSizeCompleter))]
    public long? Size { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        if (Machine.HasKernel && !MemorySettings.Names(Machine).Contains(Prefix + "enabled"))
        {
            throw new MemoryErrorException(SettingErrors.NoTransparentHugePages(Machine.Root));
        }
        if (Size is not null && Defrag is not null)
        {
            throw new MemoryErrorException(SettingErrors.DefragIsForAllSizes());
        }
        List<(string Name, string Value)> wanted = [.. Wanted()];
        if (wanted.Count == 0)
        {
            throw new MemoryErrorException(SettingErrors.NothingToSet());
        }
        // Everything is checked before the first thing is changed.
        List<PlannedChange> changes = [.. wanted.SelectMany(item => Plan(item.Name, item.Value))];
        SayWhatTheCommandLineSays(wanted);
        Apply(changes);
    }

    private IEnumerable<(string Name, string Value)> Wanted()
    {
        if (Enabled is not null)
        {
            yield return (NameOf("enabled"), Enabled);
        }
        if (Defrag is not null)
        {
            yield return (Prefix + "defrag", Defrag);
        }
        if (ShmemEnabled is not null)
        {
            yield return (NameOf("shmem_enabled"), ShmemEnabled);
        }
    }

    private string NameOf(string file)
    {
        if (Size is not long size)
        {
            return Prefix + file;
        }
        string name = TransparentHugePages.SettingOf(size, file);
        return size % 1024 != 0 || (Machine.HasKernel && !MemorySettings.Names(Machine).Contains(name))
            ? throw new MemoryErrorException(SettingErrors.NoSuchHugePageSize(size, TransparentHugePages.Read(Machine)?.Sizes))
            : name;
    }

    private void SayWhatTheCommandLineSays(List<(string Name, string Value)> wanted)
    {
        BootPlan boot = BootPlan.Read(Machine);
        foreach ((string name, string value) in wanted)
        {
            SettingSource? parameter = boot.For(name).Sources.LastOrDefault(source => source.Kind == SettingSourceKind.KernelCommandLine);
            if (parameter is not null && parameter.Value != value)
            {
                Shell.Warn($"The kernel command line sets {name} to {parameter.Value} at every boot. "
                    + (IsOn(Persist) ? $"tmpfiles.d makes it {value} later in the boot; change the command line, too, for programs that start before." : $"{value} lasts until then; -Persist sets it again at boot."));
            }
        }
    }
}
