namespace LinuxMemory.Commands;

/// <summary>The ids of all errors: a public contract, since scripts and tests compare them.</summary>
public static class ErrorIds
{
    /// <summary>A kernel file does not say what it must say; the message names file and line.</summary>
    public const string KernelFileMalformed = nameof(KernelFileMalformed);

    /// <summary>A kernel file, or the feature behind it, is not there.</summary>
    public const string KernelFileAbsent = nameof(KernelFileAbsent);

    /// <summary>More privilege is needed; the message says which and how to get it.</summary>
    public const string PermissionDenied = nameof(PermissionDenied);

    /// <summary>The kernel refused for another reason, which the message gives.</summary>
    public const string KernelRefused = nameof(KernelRefused);

    /// <summary>A tree of files was given where a kernel must be asked.</summary>
    public const string LiveMachineNeeded = nameof(LiveMachineNeeded);

    /// <summary>-Root is no directory that can be read.</summary>
    public const string RootInvalid = nameof(RootInvalid);

    /// <summary>Two parameters were given that cannot both be meant.</summary>
    public const string ParametersConflict = nameof(ParametersConflict);

    /// <summary>None of several parameters was given, and one is needed.</summary>
    public const string ParametersMissing = nameof(ParametersMissing);

    /// <summary>A text is no path of a file or directory, such as one of another drive of PowerShell.</summary>
    public const string PathInvalid = nameof(PathInvalid);

    /// <summary>No cgroup has the path that was asked for.</summary>
    public const string CgroupNotFound = nameof(CgroupNotFound);

    /// <summary>A cgroup does not have the limit that was to be set, or cannot be reclaimed as it was asked; the message says why.</summary>
    public const string CgroupLimitUnavailable = nameof(CgroupLimitUnavailable);

    /// <summary>Nothing lasting can be set for a cgroup, since it is not that of a systemd unit of the machine.</summary>
    public const string CgroupHasNoUnit = nameof(CgroupHasNoUnit);

    /// <summary>No limit was given to set.</summary>
    public const string CgroupLimitMissing = nameof(CgroupLimitMissing);

    /// <summary>No cgroup file system that accounts memory is mounted.</summary>
    public const string CgroupUnavailable = nameof(CgroupUnavailable);

    /// <summary>Nothing has a name like the one that was asked for.</summary>
    public const string NameNotFound = nameof(NameNotFound);

    /// <summary>The kernel does not measure pressure here; the message says why that may be.</summary>
    public const string PressureUnavailable = nameof(PressureUnavailable);

    /// <summary>The kernel does not take a pressure trigger of that stall and window.</summary>
    public const string PressureTriggerInvalid = nameof(PressureTriggerInvalid);

    /// <summary>No process has the id that was asked for.</summary>
    public const string ProcessNotFound = nameof(ProcessNotFound);

    /// <summary>No process has a name like the one that was asked for.</summary>
    public const string ProcessNameNotFound = nameof(ProcessNameNotFound);

    /// <summary>A kernel thread has no memory of its own to show.</summary>
    public const string ProcessIsKernelThread = nameof(ProcessIsKernelThread);

    /// <summary>A process cannot do that to itself.</summary>
    public const string ProcessIsOwn = nameof(ProcessIsOwn);

    /// <summary>A process has nothing that can be read at an address.</summary>
    public const string MemoryNotReadable = nameof(MemoryNotReadable);

    /// <summary>A page is filled by a program when it is touched (userfaultfd), and is not filled yet.</summary>
    public const string MemoryNotFilled = nameof(MemoryNotFilled);

    /// <summary>The machine has no NUMA node of that number.</summary>
    public const string NumaNodeNotFound = nameof(NumaNodeNotFound);

    /// <summary>Numbers describe no page tables that a machine could have.</summary>
    public const string AddressFormatInvalid = nameof(AddressFormatInvalid);

    /// <summary>An input object has no process id.</summary>
    public const string InputObjectInvalid = nameof(InputObjectInvalid);

    /// <summary>A process publishes no counters of a JVM.</summary>
    public const string JavaHeapUnavailable = nameof(JavaHeapUnavailable);

    /// <summary>A sample does not tell the property that is to be measured, or not when it was taken.</summary>
    public const string SampleInvalid = nameof(SampleInvalid);

    /// <summary>No capability has the name that was asked for.</summary>
    public const string CapabilityNotFound = nameof(CapabilityNotFound);

    /// <summary>The machine is a tree of files, which takes only what persists: -Persist is missing.</summary>
    public const string RuntimeChangeNeedsLiveMachine = nameof(RuntimeChangeNeedsLiveMachine);

    /// <summary>A setting is no longer what the change left, so that taking the change back would undo somebody else's.</summary>
    public const string ChangedSince = nameof(ChangedSince);

    /// <summary>A change cannot be taken back: nothing can, it already was, or the machine has restarted since.</summary>
    public const string ChangeNotUndoable = nameof(ChangeNotUndoable);

    /// <summary>The journal has no change of that number.</summary>
    public const string ChangeNotFound = nameof(ChangeNotFound);

    /// <summary>The journal cannot be written, and the user wants to stop at errors.</summary>
    public const string JournalNotWritable = nameof(JournalNotWritable);

    /// <summary>A configuration file was left alone, since no way to change it keeps all that must be kept.</summary>
    public const string ConfigFileLeftAlone = nameof(ConfigFileLeftAlone);

    /// <summary>A question must be answered and there is no terminal to ask on.</summary>
    public const string ConfirmationNeeded = nameof(ConfirmationNeeded);

    /// <summary>Nothing lasting can be set for a process, since no systemd unit of the machine owns it.</summary>
    public const string ProcessHasNoUnit = nameof(ProcessHasNoUnit);

    /// <summary>This kernel has no setting of the name that was asked for.</summary>
    public const string SettingNotFound = nameof(SettingNotFound);

    /// <summary>A text is no name of a setting; some such texts try to reach other files.</summary>
    public const string SettingNameInvalid = nameof(SettingNameInvalid);

    /// <summary>A value is outside of what the setting takes; the message says what it takes.</summary>
    public const string SettingValueInvalid = nameof(SettingValueInvalid);

    /// <summary>The kernel does not take new values for the setting.</summary>
    public const string SettingReadOnly = nameof(SettingReadOnly);

    /// <summary>The name means something that is done once, and that another cmdlet does.</summary>
    public const string SettingIsTrigger = nameof(SettingIsTrigger);

    /// <summary>The kernel has no transparent huge pages, or none of that size.</summary>
    public const string TransparentHugePageUnavailable = nameof(TransparentHugePageUnavailable);

    /// <summary>Something has the name that a new swap file is to have.</summary>
    public const string SwapFileExists = nameof(SwapFileExists);

    /// <summary>The file system or directory cannot hold a swap file; the message says why and what can.</summary>
    public const string SwapPlaceUnsuitable = nameof(SwapPlaceUnsuitable);

    /// <summary>The file system has too little space for a swap file.</summary>
    public const string SwapSpaceShort = nameof(SwapSpaceShort);

    /// <summary>A swap area cannot have that size.</summary>
    public const string SwapSizeInvalid = nameof(SwapSizeInvalid);

    /// <summary>The file or device is no swap area, or none that this kernel takes.</summary>
    public const string SwapAreaInvalid = nameof(SwapAreaInvalid);

    /// <summary>Nothing of that name is a swap area.</summary>
    public const string SwapAreaNotFound = nameof(SwapAreaNotFound);

    /// <summary>The swap area is in use already, in another way than was asked for.</summary>
    public const string SwapAreaInUse = nameof(SwapAreaInUse);

    /// <summary>What is in the swap area does not fit into memory.</summary>
    public const string SwapDoesNotFit = nameof(SwapDoesNotFit);

    /// <summary>The kernel could not bring everything back to memory; the area is in use as before.</summary>
    public const string SwapNotBroughtBack = nameof(SwapNotBroughtBack);

    /// <summary>A command that was killed left something that is in the way; the message says how to remove it.</summary>
    public const string SwapFileUnfinished = nameof(SwapFileUnfinished);

    /// <summary>A step failed, and what came before could not all be taken back; the message says what is left.</summary>
    public const string SwapNotTakenBack = nameof(SwapNotTakenBack);

    /// <summary>The kernel has no zram, or its module is not loaded.</summary>
    public const string ZramUnavailable = nameof(ZramUnavailable);
    /// <summary>The kernel or the processor has no huge pages of that size; the message says which it has.</summary>
    public const string HugePageSizeUnavailable = nameof(HugePageSizeUnavailable);

    /// <summary>A pool of huge pages would take more memory than can be had; nothing was changed.</summary>
    public const string HugePagePoolTooLarge = nameof(HugePagePoolTooLarge);

    /// <summary>The kernel made fewer huge pages than it was asked for; what it made is there.</summary>
    public const string HugePagePoolIncomplete = nameof(HugePagePoolIncomplete);

    /// <summary>The NUMA node has CPUs only, and no memory to take from.</summary>
    public const string NumaNodeWithoutMemory = nameof(NumaNodeWithoutMemory);

    /// <summary>A path is no place to mount on: a link, no directory, not empty, or in use; the message says which.</summary>
    public const string MountPointUnusable = nameof(MountPointUnusable);

    /// <summary>No hugetlbfs is mounted on a path, or something else lies over it.</summary>
    public const string HugePageMountNotFound = nameof(HugePageMountNotFound);

    /// <summary>A hugetlbfs is in use and cannot be unmounted.</summary>
    public const string HugePageMountBusy = nameof(HugePageMountBusy);

    /// <summary>A hugetlbfs was to keep more huge pages for itself than are free.</summary>
    public const string HugePagePoolTooSmall = nameof(HugePagePoolTooSmall);
}
