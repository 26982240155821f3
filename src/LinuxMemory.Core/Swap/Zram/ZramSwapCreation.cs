using System.Globalization;
using System.Text.Json.Serialization;
using LinuxMemory.Kernel;

namespace LinuxMemory;

/// <summary>A new zram device with swap on it, all or nothing. Taking it back takes it out of use and removes it.</summary>
public sealed record ZramSwapCreation : PlannedChange
{
    /// <summary>Bytes that can be written to the device, in whole pages, with the header.</summary>
    public required long Size { get; init; }

    /// <summary>How it compresses; null for what the kernel chooses.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Bytes of memory that it may take at most; null for no limit.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>The priority, 0 to 32767.</summary>
    public required int Priority { get; init; }

    /// <summary>The UUID in the header.</summary>
    public required string Uuid { get; init; }

    /// <summary>The device's number; null while it is not made.</summary>
    public int? Id { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override bool IsNeeded => true;

    /// <inheritdoc />
    [JsonIgnore]
    public override PlannedChange? Reverse => Id is not int id ? null : new ZramSwapRemoval
    {
        Target = Target,
        Setting = Setting,
        OldValue = NewValue,
        Id = id,
        Again = this with { Id = null, Watch = ChangeWatch.None },
    };

    /// <inheritdoc />
    [JsonIgnore]
    public override string Action => Sentence ?? $"Create swap on zram of {ByteText.Of(Size)} again";

    /// <summary>Plans swap on a new device.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="size">The bytes that it is to have; a part of a page at the end is left out.</param>
    /// <param name="algorithm">How it compresses; null lets the kernel choose.</param>
    /// <param name="priority">0 to 32767.</param>
    /// <param name="memoryLimit">The bytes of memory that it may take at most; null for no limit.</param>
    /// <exception cref="SwapRefusedException">The size is too small for a swap area.</exception>
    public static ZramSwapCreation Plan(Machine machine, long size, string? algorithm, int priority, long? memoryLimit)
    {
        ArgumentNullException.ThrowIfNull(machine);
        string uuid = Guid.NewGuid().ToString();
        long whole = SwapFileCheck.RequireSize(machine, "zram", size);
        ZramSwapCreation plan = new()
        {
            Target = "zram",
            Setting = "swap on zram",
            NewValue = SwapFile.ValueOf(whole, uuid),
            Size = whole,
            Algorithm = algorithm,
            MemoryLimit = memoryLimit,
            Priority = priority,
            Uuid = uuid,
        };
        using Work work = new(machine, plan);
        return plan with { Sentence = SwapTransaction.Describe($"Create swap on zram of {ByteText.Of(whole)}", work.Steps()) };
    }

    /// <inheritdoc />
    public override string? ReadValue(Machine machine) => Id is int id ? ZramSwapRemoval.ValueAt(machine, id) : null;

    /// <inheritdoc />
    public override PlannedChange Apply(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        using Work work = new(machine, this);
        SwapTransaction.Run(Watch, "Creating swap on zram", work.Steps());
        ZramSwapCreation done = this with { Id = work.Id, Target = $"/dev/zram{work.Id}", Setting = $"swap on /dev/zram{work.Id}" };
        return done with { NewValue = done.ReadValue(machine) };
    }

    private sealed class Work(Machine machine, ZramSwapCreation plan) : IDisposable
    {
        private SwapAreaHold? _area;

        public int? Id { get; private set; }

        private string Name => $"zram{Id}";

        public List<SwapStep> Steps()
        {
            List<SwapStep> steps = [new("add a zram device", () => Id = machine.Calls.AddZram(), Remove)];
            if (plan.Algorithm is not null)
            {
                steps.Add(new($"let it compress with {plan.Algorithm}", () => Set("comp_algorithm", plan.Algorithm)));
            }
            steps.Add(new($"give it {ByteText.Of(plan.Size)}", () => Set("disksize", Number(plan.Size))));
            if (plan.MemoryLimit is long limit)
            {
                steps.Add(new($"let it take at most {ByteText.Of(limit)} of memory", () => Set("mem_limit", Number(limit))));
            }
            steps.Add(new("write the header of a swap area", WriteHeader));
            steps.Add(new($"take it into use with priority {plan.Priority}", Enable, () => _area?.TakeBack()));
            steps.Add(new($"read it back from {machine.Locate(SwapsFile.FilePath)}", () => _area!.RequireInUse()));
            return steps;
        }

        public void Dispose() => _area?.Dispose();

        private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

        private void Set(string file, string value) => machine.Write($"{ZramDevice.FolderOf(Name)}/{file}", value);

        private void WriteHeader()
        {
            using KernelFile device = machine.OpenArea($"/dev/{Name}", writes: true);
            FileCalls.WriteAt(device, SwapHeader.For(plan.Size, machine.Calls.PageSize, plan.Uuid, null).ToPage(), 0);
            FileCalls.Sync(device);
        }

        private void Enable()
        {
            _area = SwapAreaUse.Hold(machine, $"/dev/{Name}");
            _area.Enable(plan.Priority, SwapDiscard.None);
        }

        private void Remove()
        {
            // An open device cannot be removed.
            _area?.Dispose();
            if (Id is int id)
            {
                machine.Calls.RemoveZram(id);
            }
        }
    }
}
