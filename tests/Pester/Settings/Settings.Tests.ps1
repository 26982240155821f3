#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $noLive = $env:LINUXMEMORY_LIVE -ne '1' -or (id -u) -ne 0
    $noSysctl = -not (Get-Command sysctl -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
}

AfterAll {
    Clear-Fixture
}

Describe 'Get-MemorySetting' {
    It 'gives numbers that compare as numbers' {
        $setting = Get-MemorySetting vm.swappiness

        $setting.Value | Should -BeOfType long
        $setting.Value -lt 1000 | Should -BeTrue
        $setting.Minimum | Should -Be 0
        $setting.Path | Should -Be '/proc/sys/vm/swappiness'
    }

    It 'takes names from the pipeline and wildcards' {
        ('vm.swappiness', 'vm.dirty_*' | Get-MemorySetting).Name | Should -Contain 'vm.dirty_ratio'
    }

    It 'agrees with sysctl on every number it shows' -Skip:$noSysctl {
        foreach ($setting in Get-MemorySetting vm.*, kernel.* | Where-Object Value -Is [long]) {
            "$($setting.Value)" | Should -Be (sysctl -n $setting.Name) -Because $setting.Name
        }
    }

    It 'says that there is no such setting' {
        Get-MemorySetting vm.nothing -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -BeLike 'SettingNotFound,*'
    }

    It 'completes live names' {
        (TabExpansion2 'Get-MemorySetting swappi').CompletionMatches.CompletionText | Should -Be 'vm.swappiness'
    }
}

Describe 'Set-MemorySetting, Set-Swappiness and Set-TransparentHugePage' {
    It 'changes nothing with -WhatIf' {
        $before = Get-MemorySetting | ForEach-Object { "$($_.Name)=$($_.Value)" }
        Get-MemorySetting vm.swappiness | Set-MemorySetting -Value 7 -Persist -WhatIf
        Set-Swappiness 7 -WhatIf
        (Get-MemorySetting | ForEach-Object { "$($_.Name)=$($_.Value)" }) | Should -Be $before
    }

    It 'refuses what the range forbids, and names that escape' -ForEach @(
        @{ Name = 'vm.swappiness'; Value = '999'; Id = 'SettingValueInvalid' }
        @{ Name = 'vm.../../etc/passwd'; Value = '1'; Id = 'SettingNameInvalid' }
        @{ Name = "vm.swappiness`nkernel.x"; Value = '1'; Id = 'SettingNameInvalid' }
    ) {
        Set-MemorySetting $Name $Value -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'binds settings from the pipeline and takes them back' -Skip:$noLive {
        $before = (Get-MemorySetting vm.swappiness).Value
        $change = Get-MemorySetting vm.swappiness | Set-MemorySetting -Value (($before + 1) % 200) -PassThru
        try {
            (Get-MemorySetting vm.swappiness).Value | Should -Be (($before + 1) % 200)
            $change.NewValue | Should -Be (($before + 1) % 200)
        }
        finally {
            Set-Swappiness $before
        }
        (Get-MemorySetting vm.swappiness).Value | Should -Be $before
    }

    It 'takes a size as people write it' -Skip:(-not (Test-Path /sys/kernel/mm/transparent_hugepage/hugepages-64kB)) {
        { Set-TransparentHugePage inherit -Size 64KB -WhatIf -ErrorAction Stop } | Should -Not -Throw
    }
}
