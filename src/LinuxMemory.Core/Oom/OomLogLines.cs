using System.Text;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>The lines of a log that come one by one, as dmesg and journalctl hand them on. Not for several threads.</summary>
public sealed class OomLogLines
{
    private readonly LogClock _clock = new(DateTimeOffset.Now);
    private readonly OomLogParser _parser;
    private readonly LogPrefix _prefix;

    /// <summary>Begins a log.</summary>
    /// <param name="machine">The machine that wrote it, for the size of a page.</param>
    /// <param name="name">What its events say where they come from.</param>
    public OomLogLines(Machine machine, string name)
    {
        ArgumentNullException.ThrowIfNull(machine);
        _parser = new OomLogParser(PageSize.Of(machine));
        _prefix = new LogPrefix(_clock);
        _parser.Begin(_clock, name);
    }

    /// <summary>How many lines speak of a kill without a sign that the kernel wrote them.</summary>
    public long Doubtful => _parser.Doubtful;

    /// <summary>True for a text that can be nothing but a line of a log: it begins with a time, a priority or a record's numbers, or is the kernel's about a kill.</summary>
    public bool IsLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] line = Encoding.UTF8.GetBytes(text);
        bool isKernel = _prefix.TryRead(line, out KernelMessage message);
        return _prefix.HasPrefixes || text.StartsWith("-- ", StringComparison.Ordinal)
            || (isKernel && !message.Text.IsEmpty && OomLine.KindOf(message.Text) is not OomLineKind.Body);
    }

    /// <summary>Reads a line, and gives the events that are complete by it.</summary>
    public IEnumerable<OomEvent> Add(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        // One text can hold several lines: what a program wrote at once.
        foreach (string single in line.Split('\n'))
        {
            _parser.Read(Encoding.UTF8.GetBytes(single), isLearning: true);
            while (_parser.TryTake(out OomEvent? finished))
            {
                yield return finished!;
            }
        }
    }

    /// <summary>The log has ended: gives what is left.</summary>
    public IEnumerable<OomEvent> End()
    {
        _parser.End();
        while (_parser.TryTake(out OomEvent? finished))
        {
            yield return finished!;
        }
    }
}
