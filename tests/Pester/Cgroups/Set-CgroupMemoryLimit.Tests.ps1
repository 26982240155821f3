#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $noLive = $env:LINUXMEMORY_LIVE -ne '1' -or (id -u) -ne 0
}

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
}

Describe 'Set-CgroupMemoryLimit on a tree of files' {
    BeforeEach {
        $tree = Expand-CgroupTree
        $before = Get-TreeState $tree
    }

    AfterEach {
        Remove-Item -Recurse -Force $tree
    }

    It 'writes nothing with -WhatIf and says what it would write' {
        Set-CgroupMemoryLimit system.slice/ssh.service -Max 200MB -SwapMax max -Persist -Root $tree -WhatIf -WarningAction SilentlyContinue

        Get-TreeState $tree | Should -Be $before
    }

    It 'writes what systemctl set-property writes, for the next boot alone' {
        $change = Set-CgroupMemoryLimit system.slice/ssh.service -Max 200MiB -Persist -PassThru -Root $tree -WarningAction SilentlyContinue

        $change.Scope | Should -Be Persistent
        Get-Content "$tree/etc/systemd/system.control/ssh.service.d/50-MemoryMax.conf" | Select-Object -Last 1 | Should -Be 'MemoryMax=209715200'
        Get-Content "$tree/sys/fs/cgroup/system.slice/ssh.service/memory.max" | Should -Be max
    }

    It 'takes groups from the pipeline and wildcards' {
        Get-CgroupMemory system.slice/ssh.service -Root $tree | Set-CgroupMemoryLimit -High 1.5G -Persist -Root $tree -WarningAction SilentlyContinue
        Set-CgroupMemoryLimit system.slice/* -Low 64MB -Persist -Root $tree -WarningAction SilentlyContinue

        (Get-ChildItem "$tree/etc/systemd/system.control/ssh.service.d").Name | Should -Be 50-MemoryHigh.conf, 50-MemoryLow.conf
    }

    It 'refuses what lasts until a restart, without a kernel' {
        Set-CgroupMemoryLimit system.slice/ssh.service -Max 200MB -Root $tree -ErrorAction SilentlyContinue -ErrorVariable problem

        $problem.FullyQualifiedErrorId | Should -BeLike 'RuntimeChangeNeedsLiveMachine,*'
        Get-TreeState $tree | Should -Be $before
    }

    It 'wants to know which limit, and a size that it understands' {
        { Set-CgroupMemoryLimit system.slice -Root $tree -ErrorAction Stop } | Should -Throw -ErrorId 'CgroupLimitMissing*'
        { Set-CgroupMemoryLimit system.slice -Max 12XB -Root $tree } | Should -Throw '*write for example*'
    }
}

Describe 'Set-CgroupMemoryLimit on this machine' -Skip:$noLive {
    It 'sets limits, reads them back and takes them back' {
        $hierarchy = '/sys/fs/cgroup', '/sys/fs/cgroup/memory' | Where-Object { Test-Path "$_/cgroup.procs" } | Where-Object { Test-Path "$_/*/memory.max", "$_/memory.limit_in_bytes" } | Select-Object -First 1
        if (-not $hierarchy) {
            Set-ItResult -Skipped -Because 'no group of this machine has the memory controller'
            return
        }
        $name = "linuxmemory-pester-$PID"
        $null = New-Item -ItemType Directory "$hierarchy/$name"
        try {
            $change = Set-CgroupMemoryLimit $name -Max 64MB -PassThru -ErrorAction SilentlyContinue -ErrorVariable problem
            if ($problem -and $problem.FullyQualifiedErrorId -match '^(CgroupLimitUnavailable|CgroupNotFound|PermissionDenied)') {
                Set-ItResult -Skipped -Because "this machine refuses it: $problem"
                return
            }
            (Get-CgroupMemory $name).Max | Should -Be 64MB
            Set-CgroupMemoryLimit $name -Max 32MB -WhatIf
            (Get-CgroupMemory $name).Max | Should -Be 64MB
            $change | Undo-MemoryChange -Confirm:$false
            (Get-CgroupMemory $name).Max | Should -BeNullOrEmpty
        }
        finally {
            [IO.Directory]::Delete("$hierarchy/$name")
        }
    }
}
