namespace LinuxMemory;

// The spaces' sizes once more, flat: so they survive CSV files, jobs and remoting.
public sealed partial record JavaHeap
{
    /// <summary>Bytes. Survivor0.Capacity.</summary>
    public long? Survivor0Capacity => Survivor0?.Capacity;

    /// <summary>Bytes. Survivor0.Used.</summary>
    public long? Survivor0Used => Survivor0?.Used;

    /// <summary>Survivor0.UsedPercent.</summary>
    public double? Survivor0UsedPercent => Survivor0?.UsedPercent;

    /// <summary>Bytes. Survivor1.Capacity.</summary>
    public long? Survivor1Capacity => Survivor1?.Capacity;

    /// <summary>Bytes. Survivor1.Used.</summary>
    public long? Survivor1Used => Survivor1?.Used;

    /// <summary>Survivor1.UsedPercent.</summary>
    public double? Survivor1UsedPercent => Survivor1?.UsedPercent;

    /// <summary>Bytes. Eden.Capacity.</summary>
    public long? EdenCapacity => Eden?.Capacity;

    /// <summary>Bytes. Eden.Used.</summary>
    public long? EdenUsed => Eden?.Used;

    /// <summary>Eden.UsedPercent.</summary>
    public double? EdenUsedPercent => Eden?.UsedPercent;

    /// <summary>Bytes. Old.Capacity.</summary>
    public long? OldCapacity => Old?.Capacity;

    /// <summary>Bytes. Old.Used.</summary>
    public long? OldUsed => Old?.Used;

    /// <summary>Old.UsedPercent.</summary>
    public double? OldUsedPercent => Old?.UsedPercent;

    /// <summary>Bytes. Metaspace.Capacity.</summary>
    public long? MetaspaceCapacity => Metaspace?.Capacity;

    /// <summary>Bytes. Metaspace.Used.</summary>
    public long? MetaspaceUsed => Metaspace?.Used;

    /// <summary>Metaspace.UsedPercent.</summary>
    public double? MetaspaceUsedPercent => Metaspace?.UsedPercent;

    /// <summary>Bytes. CompressedClass.Capacity.</summary>
    public long? CompressedClassCapacity => CompressedClass?.Capacity;

    /// <summary>Bytes. CompressedClass.Used.</summary>
    public long? CompressedClassUsed => CompressedClass?.Used;

    /// <summary>CompressedClass.UsedPercent.</summary>
    public double? CompressedClassUsedPercent => CompressedClass?.UsedPercent;

    /// <summary>Bytes that Old can grow to. Old.Maximum.</summary>
    public long? OldMaximum => Old?.Maximum;
}
