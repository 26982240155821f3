using System.Text;

namespace LinuxMemory.Kernel;

/// <summary>Names that a file repeats in the same order, block after block: each becomes a text once.</summary>
internal sealed class RepeatedNames
{
    // More than any file repeats; a garbled one must not make the search long.
    private const int Most = 256;

    private readonly List<string> _names = [];
    private int _next;

    /// <summary>The name as text.</summary>
    public string TextOf(ReadOnlySpan<byte> name)
    {
        for (int tried = 0; tried < _names.Count; tried++)
        {
            int place = (_next + tried) % _names.Count;
            if (Ascii.Equals(name, _names[place]))
            {
                _next = place + 1;
                return _names[place];
            }
        }
        string text = Encoding.UTF8.GetString(name);
        if (_names.Count < Most)
        {
            _names.Add(text);
            _next = 0;
        }
        return text;
    }
}
