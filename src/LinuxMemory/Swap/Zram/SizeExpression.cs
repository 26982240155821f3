using System.Globalization;

namespace LinuxMemory.Commands;

/// <summary>
/// A size computed from the machine's memory: "min(ram/2, 4GiB)". Sizes, numbers and ram with + - * /, parentheses, min and max.
/// </summary>
internal ref struct SizeExpression
{
    private const int Deepest = 64;

    private readonly string _text;
    private readonly long _memory;
    private ReadOnlySpan<char> _rest;
    private int _depth;

    private SizeExpression(string text, long memory)
    {
        _text = text;
        _memory = memory;
        _rest = text;
    }

    /// <summary>The bytes that the text means on a machine with so much memory.</summary>
    /// <exception cref="FormatException">It means none; the message shows right ones.</exception>
    public static long Evaluate(string text, long memory)
    {
        SizeExpression expression = new(text, memory);
        try
        {
            decimal bytes = expression.Sum();
            return expression._rest.Trim().IsEmpty && bytes >= 1 ? decimal.ToInt64(decimal.Truncate(bytes)) : throw expression.NoSize();
        }
        catch (Exception e) when (e is OverflowException or DivideByZeroException)
        {
            throw expression.NoSize();
        }
    }

    private decimal Sum()
    {
        if (++_depth > Deepest)
        {
            throw NoSize();
        }
        decimal value = Product();
        while (true)
        {
            if (Takes('+'))
            {
                value += Product();
            }
            else if (Takes('-'))
            {
                value -= Product();
            }
            else
            {
                _depth--;
                return value;
            }
        }
    }

    private decimal Product()
    {
        decimal value = Factor();
        while (true)
        {
            if (Takes('*'))
            {
                value *= Factor();
            }
            else if (Takes('/'))
            {
                value /= Factor();
            }
            else
            {
                return value;
            }
        }
    }

    private decimal Factor()
    {
        if (Takes('('))
        {
            decimal value = Sum();
            return Takes(')') ? value : throw NoSize();
        }
        _rest = _rest.TrimStart();
        int end = 0;
        while (end < _rest.Length && (char.IsAsciiLetterOrDigit(_rest[end]) || _rest[end] == '.'))
        {
            end++;
        }
        ReadOnlySpan<char> word = _rest[..end];
        _rest = _rest[end..];
        if (word.Equals("ram", StringComparison.OrdinalIgnoreCase))
        {
            return _memory;
        }
        if (word.Equals("min", StringComparison.OrdinalIgnoreCase) || word.Equals("max", StringComparison.OrdinalIgnoreCase))
        {
            return Choice(isLeast: word.Equals("min", StringComparison.OrdinalIgnoreCase));
        }
        // A plain factor may have a fraction, as in ram * 0.75; a size with a unit is one in bytes.
        return decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ? number
            : word.IsEmpty ? throw NoSize() : Size(word);
    }

    private decimal Size(ReadOnlySpan<char> word)
    {
        try
        {
            return ByteSizeAttribute.Parse(word.ToString());
        }
        catch (FormatException)
        {
            throw NoSize();
        }
    }

    private decimal Choice(bool isLeast)
    {
        if (!Takes('('))
        {
            throw NoSize();
        }
        decimal value = Sum();
        while (Takes(','))
        {
            decimal other = Sum();
            value = isLeast ? Math.Min(value, other) : Math.Max(value, other);
        }
        return Takes(')') ? value : throw NoSize();
    }

    private bool Takes(char c)
    {
        _rest = _rest.TrimStart();
        if (_rest.IsEmpty || _rest[0] != c)
        {
            return false;
        }
        _rest = _rest[1..];
        return true;
    }

    private readonly FormatException NoSize() =>
        new($"'{Display.Text(_text)}' is no size; write for example 4GiB, ram/2 or 'min(ram/2, 4GiB)', where ram is this machine's memory.");
}
