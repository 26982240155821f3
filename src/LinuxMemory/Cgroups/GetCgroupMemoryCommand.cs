using System.Management.Automation;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Get-CgroupMemory: use, limits and events of control groups, or of the whole tree of them.</summary>
[Cmdlet(VerbsCommon.Get, "CgroupMemory")]
[OutputType(typeof(CgroupMemory))]
public sealed class GetCgroupMemoryCommand : MemoryCmdlet
{
    private static readonly string[] Everything = ["/"];

    /// <summary>The groups, such as system.slice/ssh.service, or their directories; wildcards are permitted. Without it the topmost group.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Cgroup")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CgroupCompleter))]
    public string[]? Path { get; set; }

    /// <summary>Also all groups below.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        CgroupTree tree = CgroupErrors.TreeOf(Machine);
        foreach (string path in Path ?? Everything)
        {
            PerItem(path, () => WriteAll(tree, path));
        }
    }

    private void WriteAll(CgroupTree tree, string path)
    {
        foreach (string group in CgroupErrors.Groups(tree, Machine, path))
        {
            try
            {
                IEnumerable<CgroupMemory> found = IsOn(Recurse) ? tree.ReadAll(group, Report) : [tree.Read(group)];
                foreach (CgroupMemory memory in found)
                {
                    Shell.Stopping.ThrowIfCancellationRequested();
                    Shell.Write(memory);
                }
            }
            catch (KernelException e) when (e.IsAbsent)
            {
                throw CgroupErrors.NotFound(tree.Hierarchy, path, e);
            }
        }
    }

    private void Report(string group, Exception exception) => Shell.Error(ErrorRecords.From(exception, group, Shell));
}
