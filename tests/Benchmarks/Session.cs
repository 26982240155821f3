using System.Diagnostics;
using System.Globalization;

namespace LinuxMemory.Benchmarks;

/// <summary>An interpreter that stays warm: it runs a line of code when it is told to, and says how many milliseconds that took.</summary>
internal sealed class Session : IDisposable
{
    private const string PowerShellLoop = """
        $blocks = @{}
        while ($null -ne ($line = [Console]::In.ReadLine())) {
            try {
                if (-not $blocks.ContainsKey($line)) { $blocks[$line] = [scriptblock]::Create($line) }
                $block = $blocks[$line]
                $start = [Diagnostics.Stopwatch]::GetTimestamp()
                . $block
                $time = [Diagnostics.Stopwatch]::GetElapsedTime($start).TotalMilliseconds
                [Console]::Out.WriteLine($time.ToString([cultureinfo]::InvariantCulture))
            }
            catch { [Console]::Out.WriteLine("error: $_") }
        }
        """;

    private const string PythonLoop = """
        import sys, time
        blocks = {}
        for line in sys.stdin:
            block = blocks.setdefault(line, None) or compile(line, 'line', 'exec')
            blocks[line] = block
            start = time.perf_counter()
            exec(block)
            print((time.perf_counter() - start) * 1000, flush=True)
        """;

    // The runtime compiles a method anew after 30 calls, then measures it for 30 more, then compiles it for good; it does so in
    // the background, a few methods at a time. Only behind that is the session as warm as Python is at once.
    private const int Warming = 200;

    private readonly Process _process;

    private Session(string program, params string[] arguments) =>
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>pwsh with the module imported; null when there is no pwsh on PATH.</summary>
    public static Session? PowerShell()
    {
        if (Timing.Find("pwsh") is not string pwsh)
        {
            return null;
        }
        Session session = new(pwsh, "-NoProfile", "-NonInteractive", "-Command", PowerShellLoop);
        session.Run($"$ErrorActionPreference = 'Stop'; $WarningPreference = 'SilentlyContinue'; Import-Module '{Program.Manifest}'");
        return session;
    }

    /// <summary>The system's python; null when it is missing or lacks a module.</summary>
    public static Session? Python(string module)
    {
        const string python = "/usr/bin/python3";
        if (!File.Exists(python))
        {
            return null;
        }
        using Process probe = Process.Start(new ProcessStartInfo(python, ["-c", $"import {module}"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        if (probe.ExitCode != 0)
        {
            return null;
        }
        Session session = new(python, "-c", PythonLoop);
        session.Run($"import {module}");
        return session;
    }

    /// <summary>Runs a line and returns its milliseconds.</summary>
    public double Run(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        string? answer = _process.StandardOutput.ReadLine();
        return double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out double time)
            ? time
            : throw new InvalidOperationException($"'{line}' gave {answer ?? "nothing"}");
    }

    /// <summary>Bytes of memory that the session's process has resident, after it has collected what is garbage.</summary>
    public long Resident()
    {
        Run("[GC]::Collect(); [GC]::WaitForPendingFinalizers(); [GC]::Collect()");
        _process.Refresh();
        return _process.WorkingSet64;
    }

    /// <summary>Runs a line until the runtime has compiled what is hot in it.</summary>
    public void Warm(string line)
    {
        for (int run = 0; run < Warming; run++)
        {
            Run(line);
        }
    }

    /// <summary>The line's milliseconds for one of many turns, for what is too short to be timed alone.</summary>
    public Func<double> PowerShellTurns(string line, int turns) =>
        () => Run($"for ($turn = 0; $turn -lt {turns}; $turn++) {{ {line} }}") / turns;

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
