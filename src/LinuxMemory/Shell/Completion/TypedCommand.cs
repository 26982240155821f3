using System.Collections;

namespace LinuxMemory.Commands;

/// <summary>A command that is being typed: the word at the cursor without quotes, the cmdlet's name, and the parameters that have values already.</summary>
internal sealed record TypedCommand(string Word, string Name = "", IDictionary? Bound = null);
