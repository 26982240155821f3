using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Get-SwapAdvice: how much swap documents recommend for this machine, what its own use suggests, and what is missing.</summary>
[Cmdlet(VerbsCommon.Get, "SwapAdvice")]
[OutputType(typeof(SwapAdvice))]
public sealed class GetSwapAdviceCommand : MemoryCmdlet
{
    /// <summary>Only rules with a name like one of these; wildcards are permitted.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SwapRuleCompleter))]
    public string[]? Rule { get; set; }

    /// <summary>Enough to hibernate, too.</summary>
    [Parameter]
    public SwitchParameter Hibernate { get; set; }

    /// <inheritdoc />
    protected override void ProcessItem()
    {
        NameFilter wanted = new(Rule);
        foreach (SwapAdvice advice in SwapRules.Read(Machine, IsOn(Hibernate), wanted.Takes))
        {
            Shell.Write(advice);
        }
        wanted.ReportMissing("rule", Shell);
    }
}
