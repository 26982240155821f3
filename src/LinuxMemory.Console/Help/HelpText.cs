using System.Text;
using System.Xml.Linq;

namespace LinuxMemory.CommandLine;

/// <summary>Help on the terminal: all cmdlets, or one.</summary>
internal static class HelpText
{
    private const int Indent = 4;

    /// <summary>Usage and the list of cmdlets.</summary>
    public static string Overview(ConsoleHost host)
    {
        HelpFile help = HelpFile.Open(host.Folder);
        StringBuilder text = new();
        text.Append("""
            linuxmemory runs the cmdlets of the LinuxMemory module where PowerShell is not installed.

            Usage: linuxmemory <Cmdlet> [-Parameter value ...]     for example: linuxmemory Get-MemInfo -As Json
                   linuxmemory <Cmdlet> --help                     what it does, its parameters, examples

            Names ignore case and may be cut short (-Max for -MaxSamples); values of a list are joined with commas (-Id 1,2).


            """);
        IReadOnlyList<Command> commands = CommandTable.All;
        int width = commands.Max(command => command.Name.Length) + 2;
        foreach (Command command in commands)
        {
            Wrap(text, command.Name.PadRight(width), help.Synopsis(command.Name), width, host.Width);
        }
        text.Append("""

            Every cmdlet takes
              -As Text|Table|List|Json     Json writes one object a line: sizes in bytes, times in ISO 8601, what is absent as null
              -Verbose                     says what is done on the way
              -ErrorAction Stop|SilentlyContinue|Ignore     ends at the first error; does not print errors; does not count them
            and where it changes something
              -WhatIf                      only says what would be done
              -Confirm                     asks before each change; -Confirm:$false never asks

            Exit code: 0 all done, 1 something failed, 2 the command line is not right, 130 stopped by Ctrl-C.
            """);
        return text.ToString();
    }

    /// <summary>All about one cmdlet; its syntax alone where there is no help.</summary>
    public static string Of(Command command, ConsoleHost host)
    {
        HelpFile help = HelpFile.Open(host.Folder);
        XElement? maml = help.Of(command.Name);
        StringBuilder text = new();
        Wrap(text, command.Name + ": ", help.Synopsis(command.Name), Indent, host.Width);
        text.Append("\nSYNTAX\n");
        foreach (string set in command.Sets)
        {
            Wrap(text, "    ", CommandSyntax.Of(command, set), 2 * Indent, host.Width);
        }
        AddParagraphs(text, "DESCRIPTION", maml?.Element(HelpFile.Maml + "description"), host.Width);
        text.Append("\nPARAMETERS\n");
        foreach (CommandParameter parameter in command.Parameters.Where(p => !p.IsCommon))
        {
            AddParameter(text, parameter, maml, host.Width);
        }
        foreach (XElement example in maml?.Descendants(HelpFile.Command + "example") ?? [])
        {
            text.Append($"\nEXAMPLE {example.Element(HelpFile.Maml + "title")?.Value.Trim(' ', '-')}\n");
            text.Append(Shift(example.Element(HelpFile.Dev + "code")?.Value ?? ""));
            foreach (string paragraph in HelpFile.Paragraphs(example.Element(HelpFile.Dev + "remarks")))
            {
                Wrap(text, "    ", paragraph, Indent, host.Width);
            }
        }
        return text.ToString().TrimEnd('\n');
    }

    private static void AddParameter(StringBuilder text, CommandParameter parameter, XElement? maml, int width)
    {
        text.Append($"    {CommandSyntax.Of(parameter)}");
        if (parameter.Aliases.Count > 0)
        {
            text.Append($"   (or {string.Join(", ", parameter.Aliases.Select(alias => "-" + alias))})");
        }
        text.Append('\n');
        XElement? described = maml?.Element(HelpFile.Command + "parameters")?.Elements(HelpFile.Command + "parameter")
            .FirstOrDefault(p => p.Element(HelpFile.Maml + "name")?.Value.Trim() == parameter.Name);
        foreach (string paragraph in HelpFile.Paragraphs(described?.Element(HelpFile.Maml + "description")))
        {
            Wrap(text, "        ", paragraph, 2 * Indent, width);
        }
        if (parameter.ElementType.IsEnum)
        {
            Wrap(text, "        ", $"One of {string.Join(", ", Enum.GetNames(parameter.ElementType))}.", 2 * Indent, width);
        }
    }

    private static void AddParagraphs(StringBuilder text, string title, XElement? parent, int width)
    {
        string[] paragraphs = [.. HelpFile.Paragraphs(parent)];
        if (paragraphs.Length > 0)
        {
            text.Append($"\n{title}\n");
        }
        for (int i = 0; i < paragraphs.Length; i++)
        {
            text.Append(i > 0 ? "\n" : "");
            Wrap(text, "    ", paragraphs[i], Indent, width);
        }
    }

    private static string Shift(string code) =>
        string.Concat(code.Trim('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : $"    {line.TrimEnd()}\n"));

    // Words that do not fit go to the next line, indented. Lines that the help breaks itself stay broken.
    private static void Wrap(StringBuilder text, string start, string words, int indent, int width)
    {
        foreach (string line in words.Split('\n'))
        {
            int column = start.Length;
            text.Append(start);
            foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (column + word.Length > width && column > indent)
                {
                    text.Append('\n').Append(' ', indent);
                    column = indent;
                }
                text.Append(word).Append(' ');
                column += word.Length + 1;
            }
            text.Length -= text[^1] == ' ' ? 1 : 0;
            text.Append('\n');
            start = new string(' ', indent);
        }
    }
}
