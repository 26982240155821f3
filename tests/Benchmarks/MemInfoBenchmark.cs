namespace LinuxMemory.Benchmarks;

/// <summary>Get-MemInfo in a warm session beside what people write without it.</summary>
internal static class MemInfoBenchmark
{
    private const int Rounds = 15;

    private const string Regex =
        "$memory = @{}; foreach ($row in Get-Content /proc/meminfo) { if ($row -match '^(\\S+):\\s+(\\d+)( kB)?') { $memory[$Matches[1]] = [long]$Matches[2] * ($Matches[3] ? 1024 : 1) } }";

    public static void Run(Table table)
    {
        using Session? session = Session.PowerShell();
        if (session is null)
        {
            table.Missing("Get-MemInfo in a warm session", "there is no pwsh on PATH");
            return;
        }
        Func<double> ours = session.PowerShellTurns("$memory = Get-MemInfo", 100);
        double[] regex = Timing.Medians(Rounds, ours, session.PowerShellTurns(Regex, 20));
        table.Faster("All of /proc/meminfo in a warm session", ("Get-MemInfo", regex[0]), ("Get-Content and -match", regex[1]), 10);
        if (Timing.Find("free") is null)
        {
            table.Missing("The same beside free", "free is not installed (package procps)");
            return;
        }
        double[] free = Timing.Medians(Rounds, ours, session.PowerShellTurns("$memory = free -b -w", 5));
        table.Faster("The same beside free", ("Get-MemInfo", free[0]), ("free -b -w, text only", free[1]), 30);
    }
}
