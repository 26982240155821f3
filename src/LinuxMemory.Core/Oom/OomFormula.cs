using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// How a machine's kernel makes a badness: oom_badness() in mm/oom_kill.c. Its version tells: up to 4.16 who has CAP_SYS_ADMIN gets
/// something off, and up to 5.8 nobody has less than 1. Of the two ways to take something off, the kernel's own scores tell which,
/// since 3.10 of RHEL 7 and later releases of 3.10, 3.12 and 3.13 have that of 3.14.
/// </summary>
public sealed class OomFormula
{
    // 3 percent of Total.
    private const int BonusInThousandths = 30;

    private readonly Version? _kernel;
    private readonly bool _isBonusOfAll;

    private OomFormula(Version? kernel, bool isBonusOfAll) => (_kernel, _isBonusOfAll) = (kernel, isBonusOfAll);

    /// <summary>That of a machine's kernel; the newest where the machine does not tell its version.</summary>
    /// <exception cref="KernelException">The version is denied.</exception>
    /// <exception cref="KernelFormatException">A file is cut or garbled.</exception>
    public static OomFormula Of(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        OomFormula formula = new(VersionOf(machine.TryReadText("proc/sys/kernel/osrelease")), isBonusOfAll: false);
        OomFormula older = new(formula._kernel, isBonusOfAll: true);
        return formula.IsBefore(3, 14) && Fits(machine, older, formula) ? older : formula;
    }

    /// <summary>True up to 4.16, where root goes later than others.</summary>
    public bool SparesRoot => IsBefore(4, 17);

    /// <summary>What the kernel compares, in pages; each quotient is cut.</summary>
    /// <param name="usedPages">Pages in memory, in swap and of page tables.</param>
    /// <param name="adjustment">oom_score_adj.</param>
    /// <param name="totalPages">The pages by which all are measured.</param>
    /// <param name="isRoot">True for who has CAP_SYS_ADMIN for the whole machine.</param>
    public long Badness(long usedPages, int adjustment, long totalPages, bool isRoot)
    {
        long badness = usedPages - (isRoot ? RootBonus(usedPages, totalPages) : 0) + (totalPages / 1000 * adjustment);
        return IsBefore(5, 9) ? Math.Max(1, badness) : badness;
    }

    /// <summary>The pages that who has CAP_SYS_ADMIN gets off: 3 percent of what it uses (3.14 to 4.16), or of all (before); 0 since 4.17.</summary>
    public long RootBonus(long usedPages, long totalPages) =>
        _isBonusOfAll ? totalPages / 1000 * BonusInThousandths : SparesRoot ? usedPages * 3 / 100 : 0;

    /// <summary>True when a process has what the kernel spares; never asked where it spares nobody.</summary>
    internal bool IsSpared(KernelDirectory process) => SparesRoot && EffectiveCapabilities.HasForMachine(process, EffectiveCapabilities.SysAdmin);

    // Whether the scores that the kernel shows for root's processes, but for the first, which is never chosen, are as near to those of the first formula as to those of the second.
    private static bool Fits(Machine machine, OomFormula first, OomFormula second)
    {
        OomScope scope = OomScope.Of(machine);
        long misfit = 0;
        foreach (OomProcess process in OomProcess.ReadAll(machine, first).Where(process => process is { IsSpared: true, HasMemory: true, Stat.Id: > 1, Adjustment: > OomScoreAdjChange.Never }))
        {
            misfit += first.Misfit(process, scope) - second.Misfit(process, scope);
        }
        return misfit <= 0;
    }

    private long Misfit(OomProcess process, OomScope scope) => Math.Abs(process.Score
        - OomBadness.ScoreBefore59(Badness(process.UsedPages(scope.PageSize), process.Adjustment, scope.TotalPages, process.IsSpared), scope.TotalPages));

    private bool IsBefore(int major, int minor) => _kernel is not null && _kernel < new Version(major, minor);

    // "4.9.0-19-amd64"
    private static Version? VersionOf(string? release)
    {
        string[] numbers = (release ?? "").Split('.', '-', '+');
        return numbers.Length > 1 && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
            ? new Version(major, minor)
            : null;
    }
}
