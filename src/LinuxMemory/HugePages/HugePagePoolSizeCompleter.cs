using System.Globalization;
using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the sizes of huge pages that the machine has, as PowerShell writes them: 2MB, 1GB.</summary>
public sealed class HugePagePoolSizeCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed) =>
        from pool in HugePagePools.Read(machine)
        where pool.Node is null
        let text = Text(pool.PageSize)
        where text.StartsWith(typed.Word, StringComparison.OrdinalIgnoreCase)
        select new Completion(text, text, $"{pool.Total} pages, {pool.Free} free");

    private static string Text(long size) => string.Create(CultureInfo.InvariantCulture,
        $"{(size % (1L << 30) == 0 ? $"{size >> 30}GB" : size % (1L << 20) == 0 ? $"{size >> 20}MB" : $"{size >> 10}KB")}");
}
