using System.Management.Automation;

namespace LinuxMemory.Commands;

/// <summary>Errors about pools of huge pages.</summary>
internal static class HugePageErrors
{
    public static MemoryErrorException NoSuchSize(long size, IReadOnlyCollection<long> sizes) => Error(ErrorIds.HugePageSizeUnavailable, ErrorCategory.InvalidArgument,
        sizes.Count == 0
            ? "This machine has no pools of huge pages: the kernel was built without CONFIG_HUGETLBFS, or the processor has no huge pages."
            : $"There are no huge pages of {Display.Size(size)} here: this processor and kernel have {string.Join(" and ", sizes.Select(other => Display.Size(other)))}. Nothing was changed.", size);

    public static MemoryErrorException NoDefaultSize() => Error(ErrorIds.HugePageSizeUnavailable, ErrorCategory.InvalidArgument,
        "Nothing here tells the default size of huge pages. Give -PageSize, for example 2MB.", null);

    public static MemoryErrorException NothingToSet() => Error(ErrorIds.SettingValueInvalid, ErrorCategory.InvalidArgument,
        "Say what to set: -Count, -Bytes or -Overcommit.", null);

    public static MemoryErrorException NoSuchNode(int node, IEnumerable<int> nodes) => Error(ErrorIds.NumaNodeNotFound, ErrorCategory.ObjectNotFound,
        $"There is no NUMA node {node} here; the nodes are {Display.Ranges(nodes)}. Nothing was changed.", node);

    public static MemoryErrorException NoMemory(int node) => Error(ErrorIds.NumaNodeWithoutMemory, ErrorCategory.InvalidArgument,
        $"NUMA node {node} has no memory of its own, so it can have no huge pages. 'Get-NumaNode' shows which nodes have memory. Nothing was changed.", node);

    public static MemoryErrorException TooLarge(long more, long? available, string place, bool canForce) => Error(
        ErrorIds.HugePagePoolTooLarge, ErrorCategory.ResourceUnavailable,
        $"The pool would take {Display.Size(more)} more, and {place} has {Display.Size(available)} {(canForce ? "available" : "of memory altogether")}. Nothing was changed."
        + (canForce ? " Add -Force to take what can be had all the same; programs may be starved or killed." : ""), more);

    public static MemoryErrorException NoOvercommitOfNode() => Error(ErrorIds.ParametersConflict, ErrorCategory.InvalidArgument,
        "The kernel allows surplus pages for the whole machine, not by node: give -Overcommit without -Node. Nothing was changed.", null);

    public static MemoryErrorException NoOvercommitOfGigantic(long size) => Error(ErrorIds.HugePageSizeUnavailable, ErrorCategory.InvalidArgument,
        $"The kernel makes no surplus pages of {Display.Size(size)}: they are larger than any block of its page allocator. Nothing was changed.", size);

    public static MemoryError Incomplete(HugePagePoolResult result, string advice) => ErrorRecords.Make(
        ErrorIds.HugePagePoolIncomplete, ErrorCategory.ResourceUnavailable,
        $"The kernel made {result.Achieved} of {result.Asked} huge pages of {Display.Size(result.PageSize)}{(result.Node is int node ? $" on node {node}" : "")}, with memory compacted {result.Compactions} times: "
        + $"the free memory is too little or too broken up. {advice}", result);

    private static MemoryErrorException Error(string id, ErrorCategory category, string message, object? target) =>
        new(ErrorRecords.Make(id, category, message, target));
}
