namespace LinuxMemory.Commands;

/// <summary>One offer for the word that is being typed: what is inserted, what the list shows, and what is said about it.</summary>
internal sealed record Completion(string Text, string Label, string Tip);
