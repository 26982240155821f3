namespace LinuxMemory.Benchmarks;

/// <summary>Every setting of vm with its sources beside sysctl, and a change with its read-back and its synced record.</summary>
internal static class SettingsBenchmark
{
    private const int Rounds = 15;

    public static void Run(Table table)
    {
        using Session? session = Session.PowerShell();
        if (session is null)
        {
            table.Missing("Settings in a warm session", "there is no pwsh on PATH");
            return;
        }
        Settings(table, session);
        Change(table, session);
    }

    private static void Settings(Table table, Session session)
    {
        if (Timing.Find("sysctl") is not string sysctl)
        {
            table.Missing("All settings beside sysctl", "sysctl is not installed (package procps)");
            return;
        }
        double[] times = Timing.Medians(Rounds, session.PowerShellTurns("$settings = Get-MemorySetting", 5), Timing.Program(sysctl, "-a", "-r", "^vm"));
        table.Within("All settings with what sets them", ("Get-MemorySetting", times[0]), ("sysctl -a -r '^vm', values only", times[1]), 3);
    }

    // It changes vm.swappiness by one and takes it back at once, so it runs only where live tests may.
    private static void Change(Table table, Session session)
    {
        const string what = "A change: asked, written, read back, recorded and synced";
        if (Environment.GetEnvironmentVariable("LINUXMEMORY_LIVE") != "1" || Environment.UserName != "root")
        {
            table.Missing(what, "it changes the machine: run as root with LINUXMEMORY_LIVE=1");
            return;
        }
        session.Run("$before = (Get-MemorySetting vm.swappiness).Value; $other = if ($before -gt 0) { $before - 1 } else { 1 }");
        double[] times = Timing.Medians(Rounds, session.PowerShellTurns("Set-Swappiness $other -Confirm:$false; Set-Swappiness $before -Confirm:$false", 5));
        session.Run("Set-Swappiness $before -Confirm:$false");
        table.AtMost(what, times[0] / 2, 10, " ms", "Set-Swappiness");
    }
}
