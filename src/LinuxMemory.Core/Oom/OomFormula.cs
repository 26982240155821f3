using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// How a machine's kernel makes a badness: oom_badness() in mm/oom_kill.c. Nothing shows it, so that its version tells. Up to 4.16
/// who has CAP_SYS_ADMIN gets something off, and up to 5.8 nobody has less than 1.
/// </summary>
public sealed class OomFormula
{
    // 3 percent of Total.
    private const int BonusInThousandths = 30;

    private readonly Version? _kernel;

    private OomFormula(Version? kernel) => _kernel = kernel;

    /// <summary>That of a machine's kernel; the newest where the machine does not tell its version.</summary>
    /// <exception cref="KernelException">The version is denied.</exception>
    public static OomFormula Of(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return new OomFormula(VersionOf(machine.TryReadText("proc/sys/kernel/osrelease")));
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
        IsBefore(3, 14) ? totalPages / 1000 * BonusInThousandths : SparesRoot ? usedPages * 3 / 100 : 0;

    /// <summary>True when a process has what the kernel spares; never asked where it spares nobody.</summary>
    internal bool IsSpared(KernelDirectory process) => SparesRoot && EffectiveCapabilities.HasForMachine(process, EffectiveCapabilities.SysAdmin);

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
