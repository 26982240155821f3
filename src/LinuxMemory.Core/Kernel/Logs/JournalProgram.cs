using System.Diagnostics;
using System.Globalization;

namespace LinuxMemory.Kernel;

/// <summary>journalctl -o json, read while it writes and ended with the stream: the journal's files have no format that is promised.</summary>
internal sealed class JournalProgram : ForwardStream
{
    private static readonly string[] Folders = ["/var/log/journal", "/run/log/journal"];

    private readonly Process _process;

    private JournalProgram(Process process) => _process = process;

    /// <summary>Null where no journal is kept, or nothing to read it with.</summary>
    public static JournalProgram? Start(DateTimeOffset? since)
    {
        if (!Folders.Any(folder => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            return null;
        }
        ProcessStartInfo start = new("journalctl", ["--quiet", "--no-pager", "--output=json", .. Selection(since)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        try
        {
            Process process = Process.Start(start)!;
            process.StandardInput.Close();
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return new JournalProgram(process);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public override int Read(Span<byte> buffer) => _process.StandardOutput.BaseStream.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Somebody who takes the first event alone does not wait for the rest.
            if (!_process.HasExited)
            {
                _process.Kill();
            }
            _process.Dispose();
        }
        base.Dispose(disposing);
    }

    private static string[] Selection(DateTimeOffset? since) => since is null
        ? ["--dmesg"]
        : ["--since=@" + since.Value.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), "_TRANSPORT=kernel"];
}
