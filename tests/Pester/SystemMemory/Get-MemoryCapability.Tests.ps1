#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
}

AfterAll {
    Clear-Fixture
}

Describe 'Get-MemoryCapability' {
    It 'answers for this computer, with a reason for what it lacks' {
        $all = Get-MemoryCapability

        $all.Count | Should -BeGreaterThan 40
        $all[0].PSObject.TypeNames[0] | Should -Be LinuxMemory.MemoryCapability
        $all | Where-Object { $_.IsAvailable -ne $true -and -not $_.Reason } | Should -BeNullOrEmpty
        $all | Where-Object { -not $_.Requires -or -not $_.Fallback } | Should -BeNullOrEmpty
    }

    It 'agrees with what is plainly there' {
        (Get-MemoryCapability PressureStall).IsAvailable | Should -Be (Test-Path /proc/pressure/memory)
        (Get-MemoryCapability TransparentHugePage).IsAvailable | Should -Be (Test-Path /sys/kernel/mm/transparent_hugepage/enabled)
    }

    It 'takes wildcards, several names and names from the pipeline' {
        (Get-MemoryCapability numa*, ksm).Name | Should -Be Numa, NumaBalancing, Ksm
        ('zram', 'swap' | Get-MemoryCapability).Name | Should -Be Zram, Swap
    }

    It 'names the nearest capabilities for one that it does not know' {
        $found = Get-MemoryCapability PageScam, Ksm -ErrorVariable problem -ErrorAction SilentlyContinue

        $found.Name | Should -Be Ksm
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CapabilityNotFound,*'
        $problem[0].TargetObject | Should -Be PageScam
        $problem[0].Exception.Message | Should -BeLike '*PageScan*'
    }

    It 'cannot tell from a tree what only a kernel can answer' {
        $root = Expand-Fixture '6.12.117+deb12-amd64-numa2'

        (Get-MemoryCapability CacheStat -Root $root).IsAvailable | Should -Be $null
        (Get-MemoryCapability Numa -Root $root).IsAvailable | Should -BeTrue
    }

    It 'completes names' {
        $line = 'Get-MemoryCapability -Name z'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be Zram, Zswap
    }

    It 'fits a terminal of <_> columns' -ForEach 80, 120 {
        $lines = Get-MemoryCapability | Out-String -Width $_ -Stream
        ($lines -replace '\e\[[\d;]*m' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $_
    }

    It 'survives a round trip through JSON' {
        $one = Get-MemoryCapability Swap
        ($one | ConvertTo-Json | ConvertFrom-Json).IsAvailable | Should -Be $one.IsAvailable
    }
}
