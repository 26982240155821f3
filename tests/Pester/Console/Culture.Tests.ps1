#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $runs = @(
        foreach ($name in 'Get-MemInfo', 'Get-MemoryFragmentation', 'Get-MemoryZone', 'Get-VmCounter', 'Get-SlabCache', 'Get-MemoryPressure', 'Get-NumaNode', 'Get-NumaStatistic',
            'Get-OomScore', 'Get-ProcessMemory', 'Get-SwapAdvice', 'Get-CpuCache') {
            @{ Name = $name; Machine = '6.12.117+deb12-amd64-numa2' }
        }
        foreach ($name in 'Get-OomCandidate', 'Get-OomEvent', 'Get-CgroupMemory') { @{ Name = $name; Machine = '6.12.117+deb12-amd64-cgroup2-oom' } }
        foreach ($name in 'Get-ZramDevice', 'Get-Zswap', 'Get-SwapArea') { @{ Name = $name; Machine = '6.12.117+deb12-amd64-swap' } }
    )
}

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
}

AfterAll {
    Clear-Fixture
}

Describe 'A view' {
    It 'writes numbers the same way in every culture: <Name>' -ForEach $runs {
        $root = Expand-Fixture $Machine
        # Something below zero, which every culture writes its own way.
        Get-ChildItem $root/proc -Directory | Where-Object Name -Match '^\d+$' | Select-Object -Last 1 | ForEach-Object { Set-Content "$_/oom_score_adj" '-500' }
        $other = [cultureinfo]::InvariantCulture.Clone()
        $other.NumberFormat.NumberDecimalSeparator = ','
        $other.NumberFormat.NegativeSign = '~'
        $before = [cultureinfo]::CurrentCulture
        $shown = foreach ($culture in [cultureinfo]::InvariantCulture, $other) {
            try {
                [cultureinfo]::CurrentCulture = $culture
                & $Name -Root $root -ErrorAction Ignore -WarningAction Ignore | Out-String -Width 80
            }
            finally {
                [cultureinfo]::CurrentCulture = $before
            }
        }

        $shown | Should -HaveCount 2
        $shown[0].Trim() | Should -Not -BeNullOrEmpty
        $shown[1] | Should -BeExactly $shown[0]
    }
}
