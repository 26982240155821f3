namespace LinuxMemory.CommandLine;

/// <summary>One way to read a command line: the arguments as one parameter set takes them.</summary>
internal sealed class ParameterSet
{
    private readonly Dictionary<CommandParameter, object?> _values = [];
    private readonly List<CommandParameter> _byPosition = [];

    private ParameterSet(string name) => Name = name;

    public string Name { get; }

    public IReadOnlyDictionary<CommandParameter, object?> Values => _values;

    /// <summary>Why this set cannot take the arguments; null when it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Parameters that the set demands and that are not given.</summary>
    public IReadOnlyList<CommandParameter> Missing { get; private set; } = [];

    /// <summary>The set that a command line means.</summary>
    /// <exception cref="UsageException">None or several fit.</exception>
    public static ParameterSet Choose(Command command, CommandLine line)
    {
        Dictionary<CommandParameter, object?> named = line.Named.ToDictionary(pair => pair.Key, pair => ArgumentValue.Read(pair.Key, pair.Value));
        ParameterSet[] all = [.. command.Sets.Select(set => Fill(command, set, named, line.Positional))];
        ParameterSet[] fitting = [.. all.Where(set => set.Refusal is null)];
        ParameterSet[] complete = [.. fitting.Where(set => set.Missing.Count == 0)];
        ParameterSet? Default(ParameterSet[] sets) => sets.FirstOrDefault(set => string.Equals(set.Name, command.DefaultSet, StringComparison.OrdinalIgnoreCase));
        if (complete.Length > 0)
        {
            // Where a number and a text could both stand, a number is the number: 42 is an id, sshd a name.
            return complete.Length == 1 ? complete[0] : Default(complete) ?? OnlyOneWithoutText(complete) ?? throw new UsageException(
                $"{command.Name} can be meant in several ways; give one more of {string.Join(", ", Deciding(command, complete).Select(p => "-" + p.Name))}.");
        }
        if (fitting.Length > 0)
        {
            ParameterSet best = Default(fitting) ?? fitting.MinBy(set => set.Missing.Count)!;
            throw new UsageException($"{command.Name} needs {string.Join(" and ", best.Missing.Select(p => "-" + p.Name))}; "
                + $"write for example {command.Name} {string.Join(' ', best.Missing.Select(ArgumentValue.Example))}.");
        }
        throw new UsageException((Default(all) is { Refusal: not null } preferred && all.All(s => s.Refusal == preferred.Refusal) ? preferred : all[^1]).Refusal!);
    }

    private static ParameterSet Fill(Command command, string name, Dictionary<CommandParameter, object?> named, IReadOnlyList<string> positional)
    {
        ParameterSet set = new(name);
        CommandParameter? stranger = named.Keys.FirstOrDefault(p => p.In(name) is null);
        if (stranger is not null)
        {
            CommandParameter? other = named.Keys.FirstOrDefault(p => p.In(name) is not null && !p.Sets.Contains(CommandParameter.AllSets));
            set.Refusal = other is null ? $"-{stranger.Name} does not go with what else is given."
                : $"-{stranger.Name} and -{other.Name} cannot be given together.";
            return set;
        }
        foreach ((CommandParameter parameter, object? value) in named)
        {
            set._values[parameter] = value;
        }
        try
        {
            set.FillPositions(command, positional);
        }
        catch (UsageException e)
        {
            set.Refusal = e.Message;
        }
        set.Missing = [.. command.Parameters.Where(p => p.In(name)?.IsMandatory == true && !set._values.ContainsKey(p))];
        return set;
    }

    private void FillPositions(Command command, IReadOnlyList<string> positional)
    {
        CommandParameter[] places = [.. command.Parameters.Where(p => p.In(Name)?.Position is not null && !_values.ContainsKey(p))
            .OrderBy(p => p.In(Name)!.Position)];
        int taken = Math.Min(places.Length, positional.Count);
        for (int i = 0; i < taken; i++)
        {
            _values[places[i]] = ArgumentValue.Read(places[i], positional[i]);
            _byPosition.Add(places[i]);
        }
        if (taken == positional.Count)
        {
            return;
        }
        CommandParameter rest = command.Parameters.FirstOrDefault(p => p.In(Name)?.TakesRest == true && !_values.ContainsKey(p))
            ?? throw new UsageException($"{command.Name} has no place for '{positional[taken]}'. Values go with a parameter's name, several are "
                + $"joined with commas; write for example {CommandSyntax.Of(command, Name)}.");
        _values[rest] = ArgumentValue.Read(rest, string.Join(',', positional.Skip(taken)));
    }

    private static ParameterSet? OnlyOneWithoutText(ParameterSet[] sets)
    {
        ParameterSet[] typed = [.. sets.Where(set => set._byPosition.All(parameter => parameter.ElementType != typeof(string)))];
        return typed.Length == 1 ? typed[0] : null;
    }

    private static IEnumerable<CommandParameter> Deciding(Command command, ParameterSet[] sets) =>
        command.Parameters.Where(p => !p.IsCommon && sets.Any(s => p.In(s.Name) is null) && sets.Any(s => p.In(s.Name) is not null));
}
