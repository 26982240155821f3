#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $sysctl = 'etc/sysctl.d/90-linuxmemory.conf'
}

Describe 'Set-MemorySetting and Set-Swappiness on a tree' {
    BeforeEach {
        $root = Expand-SettingTree
    }

    AfterEach {
        Remove-Item -Recurse -Force $root
    }

    It 'says with -WhatIf what it would write, and writes nothing: <Name>' -ForEach @(
        @{ Name = 'Set-MemorySetting'; Run = { Set-MemorySetting vm.swappiness 10 -Persist -Root $root -WhatIf } }
        @{ Name = 'Set-MemorySetting from the pipeline'; Run = { Get-MemorySetting vm.* -Root $root | Where-Object Name -eq vm.swappiness | Set-MemorySetting -Value 10 -Persist -Root $root -WhatIf } }
        @{ Name = 'Set-Swappiness'; Run = { Set-Swappiness 10 -Persist -Root $root -WhatIf } }
    ) {
        $before = Get-TreeState $root
        $said = Join-Path $TestDrive (New-Guid)
        Start-Transcript $said | Out-Null
        try { & $Run } finally { Stop-Transcript | Out-Null }
        Get-TreeState $root | Should -Be $before
        (Get-Content $said -Raw) -replace '\s+', ' ' | Should -BeLike '*What if:*vm.swappiness*10*'
    }

    It 'writes what the next boot reads, and reports it with -PassThru' {
        $change = Set-MemorySetting vm.swappiness 10 -Persist -Root $root -PassThru
        $change.Setting | Should -Be vm.swappiness
        $change.NewValue | Should -Be 10
        $change.Scope | Should -Be Persistent
        $change.PersistedTo | Should -Be "$root/$sysctl"
        Get-Content $root/$sysctl | Should -Contain 'vm.swappiness = 10'
        (Get-MemorySetting vm.swappiness -Root $root).AfterBoot | Should -Be 10
        # What the kernel of that machine had is a capture, and stays.
        Get-Content $root/proc/sys/vm/swappiness | Should -Be 60
    }

    It 'is silent without -PassThru, and when nothing is to be changed' {
        Set-Swappiness 10 -Persist -Root $root | Should -BeNullOrEmpty
        $before = Get-TreeState $root
        Set-Swappiness 10 -Persist -Root $root -PassThru | Should -BeNullOrEmpty
        Get-TreeState $root | Should -Be $before
    }

    It 'keeps every other line of the file' {
        $null = New-Item -Force $root/$sysctl -Value "# by hand`nvm.dirty_ratio=15`n`n  vm.swappiness = 99 `nkernel.pid_max = 4194304`n"
        Set-MemorySetting vm.swappiness 10 -Persist -Root $root
        Get-Content $root/$sysctl | Should -Be '# by hand', 'vm.dirty_ratio=15', '', 'vm.swappiness = 10', 'kernel.pid_max = 4194304'
    }

    It 'warns when another file wins' {
        $null = New-Item -Force $root/etc/sysctl.d/99-other.conf -Value "vm.swappiness = 1`n"
        Set-MemorySetting vm.swappiness 10 -Persist -Root $root -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*99-other.conf*'
    }

    It 'asks nothing with -Confirm:$false, and takes several settings from the pipeline' {
        $changes = [pscustomobject]@{ Name = 'vm.swappiness'; Value = 5 }, [pscustomobject]@{ Name = 'vm.dirty_ratio'; Value = 30 } |
            Set-MemorySetting -Persist -Root $root -PassThru -Confirm:$false
        $changes.Setting | Should -Be vm.swappiness, vm.dirty_ratio
        Get-Content $root/$sysctl | Should -Contain 'vm.dirty_ratio = 30'
    }

    It 'fails with the error <Id> for <What>, and writes nothing' -ForEach @(
        @{ Id = 'RuntimeChangeNeedsLiveMachine'; What = 'a change without -Persist'; Run = { Set-MemorySetting vm.swappiness 10 -Root $root -ErrorAction Stop } }
        @{ Id = 'SettingValueInvalid'; What = 'a value out of range'; Run = { Set-MemorySetting vm.swappiness 500 -Persist -Root $root -ErrorAction Stop } }
        @{ Id = 'SettingValueInvalid'; What = 'a value that is no number'; Run = { Set-MemorySetting vm.swappiness much -Persist -Root $root -ErrorAction Stop } }
        @{ Id = 'SettingNotFound'; What = 'a setting that this kernel lacks'; Run = { Set-MemorySetting vm.nothing 1 -Persist -Root $root -ErrorAction Stop } }
        @{ Id = 'SettingNameInvalid'; What = 'a name that leads out'; Run = { Set-MemorySetting 'vm.../../../etc/shadow' 1 -Persist -Root $root -ErrorAction Stop } }
        @{ Id = 'RootInvalid'; What = 'a root that is not there'; Run = { Set-MemorySetting vm.swappiness 1 -Persist -Root $root/nowhere -ErrorAction Stop } }
    ) {
        $before = Get-TreeState $root
        $failed = $null
        try { & $Run } catch { $failed = $_ }
        $failed.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        Get-TreeState $root | Should -Be $before
    }

    It 'follows no link out of the tree' {
        $null = New-Item -ItemType Directory -Force $root/etc, $TestDrive/outside
        $null = New-Item -ItemType SymbolicLink -Path $root/etc/sysctl.d -Target $TestDrive/outside
        Set-MemorySetting vm.swappiness 10 -Persist -Root $root -ErrorAction SilentlyContinue
        Get-ChildItem $TestDrive/outside | Should -BeNullOrEmpty
    }
}
