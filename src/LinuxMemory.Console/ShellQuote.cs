using System.Buffers;

namespace LinuxMemory.CommandLine;

/// <summary>Arguments as one writes them in sh.</summary>
internal static class ShellQuote
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,=+@%");

    /// <summary>The argument, in quotes where sh would read it otherwise.</summary>
    public static string Of(string argument) => argument.Length > 0 && !argument.AsSpan().ContainsAnyExcept(Plain)
        ? argument
        : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
