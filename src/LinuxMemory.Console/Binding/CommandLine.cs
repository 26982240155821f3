namespace LinuxMemory.CommandLine;

/// <summary>
/// Reads arguments as PowerShell reads them after a cmdlet's name: -Name value, -Name:value, switches, names cut short,
/// values by position, arrays by comma.
/// </summary>
internal sealed class CommandLine
{
    private readonly Command _command;
    private readonly Dictionary<CommandParameter, string> _named = [];
    private readonly List<string> _positional = [];

    private CommandLine(Command command) => _command = command;

    /// <summary>What was given by name; a switch has the text "true" or "false".</summary>
    public IReadOnlyDictionary<CommandParameter, string> Named => _named;

    /// <summary>What was given without a name, in order.</summary>
    public IReadOnlyList<string> Positional => _positional;

    /// <summary>Reads the arguments after the cmdlet's name.</summary>
    /// <exception cref="UsageException">A parameter is unknown, ambiguous, given twice or has no value.</exception>
    public static CommandLine Read(Command command, IReadOnlyList<string> arguments)
    {
        CommandLine line = new(command);
        int next = 0;
        while (next < arguments.Count)
        {
            string argument = arguments[next++];
            if (argument == "--")
            {
                line._positional.AddRange(arguments.Skip(next));
                break;
            }
            if (IsName(argument))
            {
                next = line.TakeNamed(argument, arguments, next);
            }
            else
            {
                line._positional.Add(argument);
            }
        }
        return line;
    }

    // -5 is a number.
    private static bool IsName(string argument) =>
        argument.Length > 1 && argument[0] == '-' && (char.IsAsciiLetter(argument[1]) || (argument[1] == '-' && argument.Length > 2));

    private int TakeNamed(string argument, IReadOnlyList<string> arguments, int next)
    {
        int colon = argument.IndexOf(':', StringComparison.Ordinal);
        CommandParameter parameter = Find(colon < 0 ? argument : argument[..colon]);
        string? value = colon < 0 ? null : argument[(colon + 1)..];
        if (value is null && parameter.IsSwitch)
        {
            value = "true";
        }
        else if (string.IsNullOrEmpty(value))
        {
            if (next >= arguments.Count || (colon < 0 && IsName(arguments[next])))
            {
                throw new UsageException($"-{parameter.Name} needs a value; write for example {ArgumentValue.Example(parameter)}.");
            }
            value = arguments[next++];
        }
        while (parameter.IsArray && value.EndsWith(',') && next < arguments.Count)
        {
            value += arguments[next++];
        }
        return _named.TryAdd(parameter, value) ? next : throw new UsageException(
            $"-{parameter.Name} is given twice; {(parameter.IsArray ? $"write several values with commas: -{parameter.Name} a,b" : "give it once")}.");
    }

    private CommandParameter Find(string written)
    {
        string name = written[1..];
        CommandParameter[] exact = [.. _command.Parameters.Where(p => NamesOf(p).Contains(name, StringComparer.OrdinalIgnoreCase))];
        if (exact.Length > 0)
        {
            return exact[0];
        }
        CommandParameter[] begun = [.. _command.Parameters.Where(p => NamesOf(p).Any(n => n.StartsWith(name, StringComparison.OrdinalIgnoreCase)))];
        // A cmdlet's own parameters win over the Console's, which PowerShell may not have.
        CommandParameter[] own = [.. begun.Where(p => !p.IsCommon)];
        CommandParameter[] found = own.Length > 0 ? own : begun;
        return found.Length switch
        {
            1 => found[0],
            0 => throw Unknown(written),
            _ => throw new UsageException($"{written} can be {string.Join(" or ", found.Select(p => "-" + p.Name))}; write more of the name."),
        };
    }

    private UsageException Unknown(string written)
    {
        string? near = Suggestion.For(written.TrimStart('-'), [.. _command.Parameters.Select(p => p.Name)]);
        string hint = near is null ? $"it has {string.Join(", ", _command.Parameters.Select(p => "-" + p.Name))}."
            : $"did you mean -{near.Replace(" or ", " or -", StringComparison.Ordinal)}?";
        return new UsageException($"{_command.Name} has no parameter {written}; {hint}");
    }

    private static IEnumerable<string> NamesOf(CommandParameter parameter) => parameter.Aliases.Prepend(parameter.Name);
}
