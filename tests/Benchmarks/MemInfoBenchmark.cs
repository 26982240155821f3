namespace LinuxMemory.Benchmarks;

/// <summary>Get-MemInfo in a warm session beside what people write without it.</summary>
internal static class MemInfoBenchmark
{
    private const int Rounds = 15;

    private const string Parse = "if ($_ -match '^(\\S+):\\s+(\\d+)( kB)?') { $keys[$Matches[1]] = [long]$Matches[2] * ($Matches[3] ? 1024 : 1) }";

    private const string Pipeline = "$keys = @{}; Get-Content /proc/meminfo | ForEach-Object { " + Parse + " }; $memory = [pscustomobject]$keys";

    private const string Loop = "$keys = @{}; foreach ($_ in Get-Content /proc/meminfo) { " + Parse + " }";

    public static void Run(Table table)
    {
        using Session? session = Session.PowerShell();
        if (session is null)
        {
            table.Missing("Get-MemInfo in a warm session", "there is no pwsh on PATH");
            return;
        }
        Func<double> ours = session.PowerShellTurns("$memory = Get-MemInfo", 100);
        double[] regex = Timing.Medians(Rounds, ours, session.PowerShellTurns(Pipeline, 20), session.PowerShellTurns(Loop, 20));
        table.Faster("All of /proc/meminfo as an object in a warm session", ("Get-MemInfo", regex[0]), ("Get-Content, ForEach-Object, -match", regex[1]), 10);
        table.Beside("The same, against a hash table filled in a foreach statement", ("Get-MemInfo", regex[0]), ("foreach, -match", regex[2]));
        if (Timing.Find("free") is null)
        {
            table.Missing("The same beside free", "free is not installed (package procps)");
            return;
        }
        double[] free = Timing.Medians(Rounds, ours, session.PowerShellTurns("$memory = free -b -w", 5));
        table.Faster("The same beside free", ("Get-MemInfo", free[0]), ("free -b -w, text only", free[1]), 30);
    }
}
