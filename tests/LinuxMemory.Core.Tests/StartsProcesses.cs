namespace LinuxMemory.Core.Tests;

/// <summary>
/// Tests that start many processes run alone: until a child executes its program it holds copies of all descriptors, so a
/// file that another test has just closed still counts as locked.
/// </summary>
[CollectionDefinition(nameof(StartsProcesses), DisableParallelization = true)]
public sealed class StartsProcesses;
