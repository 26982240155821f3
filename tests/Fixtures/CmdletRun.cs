using LinuxMemory.Commands;

namespace LinuxMemory.Fixtures;

/// <summary>Runs cmdlets as a pipeline does, without PowerShell.</summary>
public static class CmdletRun
{
    /// <summary>Begins, processes once and ends; a terminating error is kept as the last of the shell's errors.</summary>
    public static RecordingShell Run(MemoryCmdlet cmdlet, RecordingShell? shell = null)
    {
        RecordingShell recorder = shell ?? new RecordingShell();
        cmdlet.Shell = recorder;
        try
        {
            cmdlet.RunBegin();
            cmdlet.RunProcess();
            cmdlet.RunEnd();
        }
        catch (StoppedException e)
        {
            recorder.Errors.Add(e.Error);
        }
        return recorder;
    }
}
