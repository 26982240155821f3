using System.Text.RegularExpressions;
using LinuxMemory.Fixtures;

namespace LinuxMemory.Gates;

/// <summary>The lists in LinuxMemory.psd1, which is written with one quoted name a line.</summary>
internal static class Manifest
{
    /// <summary>The names in a list such as CmdletsToExport.</summary>
    public static IReadOnlyList<string> List(string key)
    {
        string text = File.ReadAllText(Checkout.Path("LinuxMemory.psd1"));
        string list = Regex.Match(text, $@"^\s*{key}\s*=\s*@\((.*?)\)", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;
        return [.. Regex.Matches(list, "'([^']+)'").Select(match => match.Groups[1].Value)];
    }
}
