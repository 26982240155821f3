using System.Management.Automation;
using LinuxMemory.Commands;

namespace LinuxMemory.Tests;

/// <summary>Changes vm.swappiness, and its line in etc/sysctl.d with -Persist, as a cmdlet of the module does.</summary>
[Cmdlet(VerbsCommon.Set, "Probe", SupportsShouldProcess = true)]
internal sealed class ProbeSetCommand : ChangeCmdlet
{
    public const string KernelFile = "proc/sys/vm/swappiness";
    public const string ConfigFile = "etc/sysctl.d/90-linuxmemory.conf";

    public string Value { get; set; } = "10";

    public bool Persist { get; set; }

    public IReadOnlyCollection<PlannedChange> Then { get; set; } = [];

    protected override void ProcessItem()
    {
        List<PlannedChange> changes = [KernelFileChange.Plan(Machine, KernelFile, "vm.swappiness", Value)];
        if (Persist)
        {
            changes.Add(new ConfigLineChange
            {
                Path = ConfigFile,
                Target = Machine.Locate(ConfigFile),
                Setting = "vm.swappiness",
                Owns = line => line.StartsWith("vm.swappiness", StringComparison.Ordinal),
                Line = $"vm.swappiness = {Value}",
                ValueOf = line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim(),
            }.Planned(Machine));
        }
        Apply([.. changes, .. Then]);
    }
}
