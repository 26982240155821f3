using LinuxMemory.Kernel;

namespace LinuxMemory.Commands;

/// <summary>Offers the sizes of transparent huge pages that the kernel has, in the words of its directories: 64KB, 2048KB.</summary>
public sealed class HugePageSizeCompleter : MachineCompleter
{
    private protected override IEnumerable<Completion> Offers(Machine machine, TypedCommand typed) =>
        from size in TransparentHugePages.Read(machine)?.Sizes ?? []
        let text = $"{size.Size / 1024}KB"
        where text.StartsWith(typed.Word, StringComparison.OrdinalIgnoreCase)
        select new Completion(text, text, $"Huge pages of {Display.Size(size.Size)}: {size.Enabled}");
}
