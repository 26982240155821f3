using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LinuxMemory.Fixtures;
using LinuxMemory.Kernel;

namespace LinuxMemory.Tests;

/// <summary>
/// A tool of this computer run under strace, which shows the very texts that it read from the kernel: what it printed can be
/// compared to the last digit, however busy the machine is.
/// </summary>
internal sealed partial class TracedTool
{
    private TracedTool(string output, IReadOnlyList<(string File, string Text)> read)
    {
        Output = output;
        Read = read;
    }

    /// <summary>What it printed.</summary>
    public string Output { get; }

    /// <summary>What it read, in order; a text ends where the tool stopped reading, which may be before the file's end.</summary>
    public IReadOnlyList<(string File, string Text)> Read { get; }

    /// <summary>Runs a tool to its end and keeps what it read from some files.</summary>
    public static TracedTool Run(string[] files, params string[] tool)
    {
        string folder = Directory.CreateTempSubdirectory("linuxmemory-strace-").FullName;
        try
        {
            IEnumerable<string> options = files.SelectMany(file => (string[])["-P", file]);
            (int code, string output) = Live.Run("env", ["LC_ALL=C", "S_TIME_FORMAT=ISO", "strace", "-ff", "-qq", "-o", Path.Join(folder, "log"), "-y", "-xx", "-s", "131072",
                "-e", "trace=openat,read,pread64,lseek", "-e", "signal=none", .. options, .. tool]);
            Assert.True(code == 0, output);
            return new TracedTool(output, [.. Directory.GetFiles(folder, "log.*").Order(StringComparer.Ordinal).SelectMany(log => Texts(File.ReadLines(log)))]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(string File, string Text)> Texts(IEnumerable<string> calls)
    {
        string file = "";
        StringBuilder text = new();
        foreach (Match call in calls.Select(line => Call().Match(line)).Where(call => call.Success))
        {
            string bytes = call.Groups["name"].Value is "read" or "pread64" ? Plain(call.Groups["text"].Value) : "";
            // An open, a way back to the beginning, or the file's end: what follows is another text.
            if ((bytes.Length == 0 || Plain(call.Groups["file"].Value) != file) && text.Length > 0)
            {
                yield return (file, text.ToString());
                text.Clear();
            }
            file = Plain(call.Groups["file"].Value);
            text.Append(bytes);
        }
        if (text.Length > 0)
        {
            yield return (file, text.ToString());
        }
    }

    private static string Plain(string hexadecimal) => Encoding.UTF8.GetString(Convert.FromHexString(hexadecimal.Replace("\\x", "", StringComparison.Ordinal)));

    // read(4<\x2f\x70...>, "\x4d\x65...", 1024) = 1024; an openat shows the file behind its result.
    [GeneratedRegex("""^(?<name>\w+)\((?:\d+<(?<file>(?:\\x..)+)>|AT_FDCWD[^,]*)(?:, "(?<text>(?:\\x..)*)")?""")]
    private static partial Regex Call();

    /// <summary>The counters in a text, without a last line that was cut.</summary>
    public static IReadOnlyList<(string Name, long Value)> Counters(string text) =>
        VmStatFile.Parse(KernelReader.Over("/proc/vmstat", Encoding.UTF8.GetBytes(text[..(text.LastIndexOf('\n') + 1)])));

    /// <summary>The machine's memory in a text.</summary>
    public static MemInfo Memory(string text) => MemInfoFile.Parse(KernelReader.Over("/proc/meminfo", Encoding.UTF8.GetBytes(text)), default);

    /// <summary>The seconds since boot in a text.</summary>
    public static TimeSpan Uptime(string text) => TimeSpan.FromSeconds(double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture));
}
