@{
    RootModule           = 'bin/LinuxMemory.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b4b1c7b1-6a1e-4b7e-9c1b-0c5a3a9d7f42'
    Author               = 'The LinuxMemory developers'
    CompanyName          = 'The LinuxMemory developers'
    Copyright            = '(c) The LinuxMemory developers. MIT licence.'
    Description          = 'Administers memory on Linux servers: typed objects that agree with the kernel to the digit, and changes that are forecast, proven, recorded and taken back.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @(
        'bin/Cgroups.Format.ps1xml'
        'bin/Changes.Format.ps1xml'
        'bin/Hardware.Format.ps1xml'
        'bin/HugePages.Format.ps1xml'
        'bin/Numa.Format.ps1xml'
        'bin/Oom.Format.ps1xml'
        'bin/PageCache.Format.ps1xml'
        'bin/Pressure.Format.ps1xml'
        'bin/ProcessMemory.Format.ps1xml'
        'bin/Settings.Format.ps1xml'
        'bin/Swap.Format.ps1xml'
        'bin/SystemMemory.Format.ps1xml'
    )
    TypesToProcess       = @(
        'bin/ProcessMemory.Types.ps1xml'
        'bin/SystemMemory.Types.ps1xml'
    )
    CmdletsToExport      = @(
        'Clear-PageCache'
        'Get-CgroupMemory'
        'Get-CpuCache'
        'Get-HugePageMount'
        'Get-HugePagePool'
        'Get-IommuGroup'
        'Get-Ksm'
        'Get-MemInfo'
        'Get-MemoryBlock'
        'Get-MemoryCapability'
        'Get-MemoryChange'
        'Get-MemoryFragmentation'
        'Get-MemoryPressure'
        'Get-MemorySetting'
        'Get-MemoryZone'
        'Get-NumaNode'
        'Get-NumaStatistic'
        'Get-OomCandidate'
        'Get-OomScore'
        'Get-ProcessMemory'
        'Get-ProcessMemoryLayout'
        'Get-ProcessMemoryLimit'
        'Get-ProcessMemoryMap'
        'Get-ProcessNumaMap'
        'Get-ProcessPage'
        'Get-SlabCache'
        'Get-SwapAdvice'
        'Get-TransparentHugePage'
        'Get-UioDevice'
        'Get-VmCounter'
        'Get-ZramDevice'
        'Get-Zswap'
        'Invoke-MemoryCompaction'
        'Invoke-ProcessPageAdvice'
        'Measure-MemoryActivity'
        'Move-ProcessMemory'
        'Resolve-VirtualAddress'
        'Set-MemorySetting'
        'Set-OomScoreAdj'
        'Set-ProcessMemoryLimit'
        'Set-Swappiness'
        'Set-TransparentHugePage'
        'Set-Zswap'
        'Undo-MemoryChange'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('Linux', 'Memory', 'Swap', 'HugePages', 'NUMA', 'OOM', 'cgroup', 'Performance', 'PSEdition_Core')
            LicenseUri = 'https://opensource.org/licenses/MIT'
            ProjectUri = 'https://github.com/linuxmemory/LinuxMemory'
        }
    }
}
