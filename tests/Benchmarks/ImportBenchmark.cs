namespace LinuxMemory.Benchmarks;

/// <summary>What Import-Module adds to the start of PowerShell.</summary>
internal static class ImportBenchmark
{
    private const string What = "Import-Module on top of an empty pwsh -NoProfile";
    private const int Rounds = 15;

    public static void Run(Table table)
    {
        if (Timing.Find("pwsh") is not string pwsh)
        {
            table.Missing(What, "there is no pwsh on PATH");
            return;
        }
        double[] medians = Timing.Medians(Rounds,
            Timing.Program(pwsh, "-NoProfile", "-NonInteractive", "-Command", $"Import-Module '{Program.Manifest}'"),
            Timing.Program(pwsh, "-NoProfile", "-NonInteractive", "-Command", "$null"));
        table.AtMost(What, medians[0] - medians[1], 80, " ms", $"with it: {medians[0]:0} ms", $"without: {medians[1]:0} ms");
    }
}
