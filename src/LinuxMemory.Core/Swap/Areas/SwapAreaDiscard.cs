using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// With which discards an area in use was taken into use. The kernel does not tell: what these commands did since the machine
/// started is in the journal, what the boot did in fstab and the systemd units.
/// </summary>
internal static class SwapAreaDiscard
{
    public static SwapDiscard Of(Machine machine, string path) =>
        Journaled(ChangeJournal.Of(machine).LastOfThisBoot(change => IsAbout(change.Reverse, path))?.Reverse)
        ?? ConfiguredSwap.Read(machine, static _ => { }).FirstOrDefault(area => area.Path == path)?.Discard
        ?? SwapDiscard.None;

    private static bool IsAbout(PlannedChange? back, string path) => path == back switch
    {
        SwapAreaUse use => use.Path,
        SwapAreaEdit edit => edit.Path,
        SwapFileRemoval removal => removal.Path,
        SwapFileResize resize => resize.Path,
        _ => null,
    };

    // What takes a change back remembers what the change was.
    private static SwapDiscard? Journaled(PlannedChange? back) => back switch
    {
        SwapAreaUse { Enables: false } use => use.Discard,
        SwapAreaEdit edit => edit.Discard,
        SwapFileRemoval { Again: { Enables: true } made } => made.Discard,
        SwapFileResize resize => resize.Discard,
        _ => null,
    };
}
