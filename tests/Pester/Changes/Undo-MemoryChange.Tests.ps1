#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $noLive = $env:LINUXMEMORY_LIVE -ne '1' -or (id -u) -ne 0
}

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $sysctl = 'etc/sysctl.d/90-linuxmemory.conf'
}

Describe 'Undo-MemoryChange and Get-MemoryChange on a tree' {
    BeforeEach {
        $root = Expand-SettingTree
        Set-MemorySetting vm.swappiness 10 -Persist -Root $root
        Set-MemorySetting vm.dirty_ratio 30 -Persist -Root $root
        Set-MemorySetting vm.swappiness 20 -Persist -Root $root
    }

    AfterEach {
        Remove-Item -Recurse -Force $root
    }

    It 'the journal has each change once, oldest first' {
        $changes = Get-MemoryChange -Root $root
        $changes.Id | Should -Be 1, 2, 3
        $changes.NewValue | Should -Be 10, 30, 20
        $changes[2].OldValue | Should -Be 10
        $changes.CanUndo | Should -Be $true, $true, $true
        $changes[0].User | Should -Be ([Environment]::UserName)
    }

    It 'finds changes by number, name and time' {
        (Get-MemoryChange 2 -Root $root).Setting | Should -Be vm.dirty_ratio
        (Get-MemoryChange -Name vm.swap* -Root $root).Id | Should -Be 1, 3
        Get-MemoryChange -After (Get-Date).AddHours(1) -Root $root | Should -BeNullOrEmpty
        (Get-MemoryChange -After (Get-Date).AddHours(-1) -Root $root).Count | Should -Be 3
    }

    It 'writes nothing with -WhatIf' {
        $before = Get-TreeState $root
        Undo-MemoryChange -Last 3 -Root $root -WhatIf -ErrorAction Stop
        Get-MemoryChange -Root $root | Undo-MemoryChange -Root $root -WhatIf -ErrorAction Stop
        & { $WhatIfPreference = $true; Undo-MemoryChange -Last 3 -Root $root -ErrorAction Stop }
        Undo-MemoryChange 3 -Root $root -Force -WhatIf
        Get-TreeState $root | Should -Be $before
    }

    It 'takes the newest back first, and the line is as it was before' {
        $undone = Undo-MemoryChange -Last 1 -Root $root -PassThru
        $undone.Undoes | Should -Be 3
        $undone.NewValue | Should -Be 10
        Get-Content $root/$sysctl | Should -Contain 'vm.swappiness = 10'
        (Get-MemoryChange 3 -Root $root).IsUndone | Should -BeTrue
    }

    It 'takes all back from the pipeline, whatever the order, and leaves no file behind' {
        Get-MemoryChange -Root $root | Sort-Object { Get-Random } | Undo-MemoryChange -Root $root
        Test-Path $root/$sysctl | Should -BeFalse
        (Get-MemoryChange -Root $root | Where-Object Undoes).Undoes | Should -Be 3, 2, 1
    }

    It 'walks back step by step, and each undo can be undone' {
        Undo-MemoryChange -Last 1 -Root $root
        Undo-MemoryChange -Last 1 -Root $root
        Get-Content $root/$sysctl | Where-Object { $_ -notlike '#*' } | Should -Be 'vm.swappiness = 10'
        $undo = Get-MemoryChange -Root $root | Where-Object Undoes -eq 2
        $undo | Undo-MemoryChange -Root $root
        Get-Content $root/$sysctl | Should -Contain 'vm.dirty_ratio = 30'
    }

    It 'refuses when somebody else changed the setting since, and leaves lines of others alone with -Force, too' {
        (Get-Content $root/$sysctl) -replace 'vm.swappiness = 20', 'vm.swappiness = 77' | Set-Content $root/$sysctl
        $before = Get-Content $root/$sysctl
        Undo-MemoryChange 3 -Root $root -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ChangedSince,*'
        Undo-MemoryChange 3 -Root $root -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ConfigFileLeftAlone,*'
        Get-Content $root/$sysctl | Should -Be $before
    }

    It 'says that there is no such change, and takes the others back' {
        Undo-MemoryChange 99, 2 -Root $root -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'ChangeNotFound,*'
        (Get-MemoryChange 2 -Root $root).IsUndone | Should -BeTrue
    }

    It 'takes back nothing twice' {
        Undo-MemoryChange 3 -Root $root
        $before = Get-TreeState $root
        Undo-MemoryChange 3 -Root $root -PassThru | Should -BeNullOrEmpty
        Get-TreeState $root | Should -Be $before
    }

    It 'shows changes in a table of 80 columns' {
        $lines = (Get-MemoryChange -Root $root | Out-String -Width 80) -split "`n"
        $lines | ForEach-Object { ($_ -replace "`e\[[\d;]*m").TrimEnd().Length | Should -BeLessOrEqual 80 }
        "$lines" | Should -BeLike '*vm.swappiness*'
    }
}

Describe 'Undo-MemoryChange on this computer' {
    It 'takes a change back that lasts until a restart' -Skip:$noLive {
        $before = Get-Content /proc/sys/vm/swappiness
        $change = Set-Swappiness ($before -eq 60 ? 61 : 60) -PassThru
        try {
            Get-Content /proc/sys/vm/swappiness | Should -Not -Be $before
            $change | Undo-MemoryChange
            Get-Content /proc/sys/vm/swappiness | Should -Be $before
        }
        finally {
            Set-Content -NoNewline /proc/sys/vm/swappiness $before
        }
    }
}
