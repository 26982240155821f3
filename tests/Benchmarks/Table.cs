using System.Globalization;

namespace LinuxMemory.Benchmarks;

/// <summary>The table of results, written line by line as they are known, in Markdown.</summary>
internal sealed class Table
{
    private bool _started;

    public bool AllMet { get; private set; } = true;

    /// <summary>Ours must be at least so many times faster than theirs.</summary>
    public void Faster(string what, (string Name, double Milliseconds) ours, (string Name, double Milliseconds) theirs, double goal)
    {
        double ratio = theirs.Milliseconds / ours.Milliseconds;
        Line(what, Cell(ours), Cell(theirs), Times(ratio), $"at least {goal:0.#}", ratio >= goal);
    }

    /// <summary>Ours may take at most so many times as long as theirs.</summary>
    public void Within(string what, (string Name, double Milliseconds) ours, (string Name, double Milliseconds) theirs, double goal)
    {
        double ratio = ours.Milliseconds / theirs.Milliseconds;
        Line(what, Cell(ours), Cell(theirs), Times(ratio), $"at most {goal:0.#}", ratio <= goal);
    }

    /// <summary>How many times faster ours is, without a goal.</summary>
    public void Beside(string what, (string Name, double Milliseconds) ours, (string Name, double Milliseconds) theirs) =>
        Line(what, Cell(ours), Cell(theirs), Times(theirs.Milliseconds / ours.Milliseconds), "none", null);

    /// <summary>A quantity that may be at most so much.</summary>
    public void AtMost(string what, double value, double goal, string unit, string ours = "", string theirs = "") =>
        Line(what, ours, theirs, Number(value) + unit, $"at most {goal:0.#}{unit}", value <= goal);

    /// <summary>Says why a line cannot be measured here.</summary>
    public void Missing(string what, string reason) => Line(what, "not measured", reason, "", "", null);

    private static string Cell((string Name, double Milliseconds) side) => $"{side.Name}: {Number(side.Milliseconds)} ms";

    private static string Times(double ratio) => Number(ratio);

    private static string Number(double value) => Math.Abs(value) switch
    {
        < 0.1 => value.ToString("0.####", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };

    private void Line(string what, string ours, string theirs, string ratio, string goal, bool? met)
    {
        if (!_started)
        {
            Console.WriteLine("| what | ours | theirs | ratio | goal | met |");
            Console.WriteLine("|---|---|---|---:|---|---|");
            _started = true;
        }
        AllMet &= met != false;
        Console.WriteLine($"| {what} | {ours} | {theirs} | {ratio} | {goal} | {(met is bool known ? known ? "yes" : "NO" : "-")} |");
    }
}
