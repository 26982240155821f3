using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>
/// A change as a value, before it is made: what, from which value to which, and how it is applied, read back and taken back.
/// A further kind is one more record in a file of its own and one line here, by which the journal knows it again.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Kind")]
[JsonDerivedType(typeof(CgroupLimitChange), "CgroupLimit")]
[JsonDerivedType(typeof(KernelFileChange), "KernelFile")]
[JsonDerivedType(typeof(FileTextChange), "FileText")]
[JsonDerivedType(typeof(HugePageMountChange), "HugePageMount")]
[JsonDerivedType(typeof(HugePagePoolChange), "HugePagePool")]
[JsonDerivedType(typeof(OomScoreAdjChange), "OomScoreAdj")]
[JsonDerivedType(typeof(ProcessLimitChange), "ProcessLimit")]
[JsonDerivedType(typeof(SettingPairChange), "SettingPair")]
[JsonDerivedType(typeof(SwapAreaEdit), "SwapAreaEdit")]
[JsonDerivedType(typeof(SwapAreaUse), "SwapAreaUse")]
[JsonDerivedType(typeof(SwapFileCreation), "SwapFileCreation")]
[JsonDerivedType(typeof(SwapFileRemoval), "SwapFileRemoval")]
[JsonDerivedType(typeof(SwapFileResize), "SwapFileResize")]
[JsonDerivedType(typeof(ZramSwapCreation), "ZramSwapCreation")]
[JsonDerivedType(typeof(ZramSwapRemoval), "ZramSwapRemoval")]
public abstract record PlannedChange
{
    /// <summary>What is changed: the absolute path of the kernel file or configuration file, or the thing, such as "process 42".</summary>
    public required string Target { get; init; }

    /// <summary>The setting's name in the user's words: "vm.swappiness".</summary>
    public required string Setting { get; init; }

    /// <summary>The value before; null when there is none.</summary>
    public string? OldValue { get; init; }

    /// <summary>The value that is wanted, and after <see cref="Apply"/> the value that was read back; null when there is to be none.</summary>
    public string? NewValue { get; init; }

    /// <summary>How long the change lasts.</summary>
    [JsonIgnore]
    public virtual ChangeScope Scope => ChangeScope.Runtime;

    /// <summary>The absolute path of the file that keeps a persistent change; null for a runtime one.</summary>
    [JsonIgnore]
    public virtual string? PersistedTo => null;

    /// <summary>What is said in the place of the sentence about old and new value; null for that sentence.</summary>
    [JsonIgnore]
    public string? Sentence { get; init; }

    /// <summary>True when the user is asked even where settings are changed without asking: it can kill, or cannot be taken back.</summary>
    [JsonIgnore]
    public bool IsGrave { get; init; }

    /// <summary>What the user should know beforehand although nothing is wrong; null when there is nothing.</summary>
    [JsonIgnore]
    public string? Caution { get; init; }

    /// <summary>The sentence that the user is asked: "Change vm.swappiness from 60 to 10".</summary>
    [JsonIgnore]
    public virtual string Action => Sentence ?? (OldValue, NewValue) switch
    {
        (null, _) => $"Set {Setting} to {NewValue}{Place}",
        (_, null) => $"Remove {Setting} = {OldValue}{Place}",
        _ => $"Change {Setting} from {OldValue} to {NewValue}{Place}",
    };

    /// <summary>False when the setting already is what is wanted.</summary>
    [JsonIgnore]
    public virtual bool IsNeeded => !KernelValue.AreSame(OldValue, NewValue);

    /// <summary>The change that takes this one back, in any later session; null when nothing can.</summary>
    [JsonIgnore]
    public abstract PlannedChange? Reverse { get; }

    /// <summary>Who waits for it while it is made.</summary>
    [JsonIgnore]
    public ChangeWatch Watch { get; init; } = ChangeWatch.None;
    /// <summary>True when whoever planned the change tells what the kernel made of it, so that nobody else need warn.</summary>
    [JsonIgnore]
    public virtual bool TellsShortfall => false;

    private string Place => PersistedTo is null ? "" : $" in {PersistedTo}";

    /// <summary>The value of the setting now; null when there is none.</summary>
    /// <exception cref="KernelException">It cannot be read.</exception>
    public abstract string? ReadValue(Machine machine);

    /// <summary>The same change from the value that the setting has now.</summary>
    /// <exception cref="KernelException">It cannot be read.</exception>
    public virtual PlannedChange AsOf(Machine machine) => this with { OldValue = ReadValue(machine) };

    /// <summary>Makes the change and returns it as it happened, with the value that was read back.</summary>
    /// <exception cref="KernelException">It was refused; nothing is changed.</exception>
    public abstract PlannedChange Apply(Machine machine);
}
