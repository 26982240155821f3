using System.Globalization;

namespace LinuxMemory;

/// <summary>Says in a few words what makes a process a candidate.</summary>
internal static class OomWhy
{
    public static string Of(OomProcess process, OomExemption exemption, OomScope scope, OomFormula formula) => exemption switch
    {
        OomExemption.Init => "never: first process",
        OomExemption.KernelThread => "never: kernel thread",
        OomExemption.OomScoreAdj => "never: adj -1000",
        OomExemption.NoMemory => "never: has ended",
        OomExemption.SharesParentMemory => "never: vfork child",
        OomExemption.MemoryGivenBack => "never: memory is gone",
        _ => process.IsOrigin ? "first: in swapoff" : Shares(process, scope, formula),
    };

    private static string Shares(OomProcess process, OomScope scope, OomFormula formula)
    {
        long used = process.UsedPages(scope.PageSize);
        string memory = string.Create(CultureInfo.InvariantCulture, $"{100.0 * used / scope.TotalPages:0.0}% used");
        if (process.IsSpared)
        {
            memory = string.Create(CultureInfo.InvariantCulture, $"{memory} - {100.0 * formula.RootBonus(used, scope.TotalPages) / scope.TotalPages:0.0}% root");
        }
        return process.Adjustment == 0
            ? memory
            : string.Create(CultureInfo.InvariantCulture, $"{memory} {(process.Adjustment < 0 ? '-' : '+')} {Math.Abs(process.Adjustment) / 10.0:0.0}% adj");
    }
}
