using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>One offer for the word that is being typed: what is inserted, and what is shown about it.</summary>
internal sealed record Completion(string Text, string Label, string Tip);

/// <summary>The running processes as offers for -Id and -Name. Knows nothing of PowerShell.</summary>
internal static class ProcessCompletion
{
    /// <summary>Ids that begin with the word, or those of processes whose names do.</summary>
    public static IEnumerable<Completion> Ids(Machine machine, string word) =>
        from process in ProcessList.Names(machine)
        let id = process.Id.ToString(CultureInfo.InvariantCulture)
        where id.StartsWith(word, StringComparison.Ordinal) || process.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        select new Completion(id, id, Words.Plain(process.Name));

    /// <summary>Names like the word, once each, quoted and escaped where they must be.</summary>
    public static IEnumerable<Completion> Names(Machine machine, string word)
    {
        WildcardName pattern = new(word.Trim('\'', '"') + "*");
        return from process in ProcessList.Names(machine)
               where process.Name.Length > 0 && pattern.IsMatch(process.Name)
               group process.Id by process.Name into same
               orderby same.Key
               select new Completion(Quote(WildcardName.Escape(same.Key)), Words.Plain(same.Key), Words.Count(same.Count(), same.First()));
    }

    /// <summary>A word as it is, anything else in single quotes.</summary>
    public static string Quote(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '+')
            ? name
            : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";

    private static class Words
    {
        public static string Plain(string name) => name.Length == 0 ? "(no name)" : Display.Text(name);

        public static string Count(int count, int id) =>
            string.Create(CultureInfo.InvariantCulture, $"{(count == 1 ? $"process {id}" : $"{count} processes")}");
    }
}
