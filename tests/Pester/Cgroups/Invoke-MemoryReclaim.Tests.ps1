#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $tree = Expand-CgroupTree
    $before = Get-TreeState $tree
}

AfterAll {
    Remove-Item -Recurse -Force $tree
}

# What reclaims is asked of a kernel: tests of the machine are in dotnet test.
Describe 'Invoke-MemoryReclaim' {
    AfterEach {
        Get-TreeState $tree | Should -Be $before
    }

    It 'refuses a tree of files, of which no kernel can reclaim' {
        Invoke-MemoryReclaim system.slice/ssh.service 4MB -Root $tree -ErrorAction SilentlyContinue -ErrorVariable problem

        $problem.FullyQualifiedErrorId | Should -BeLike 'RuntimeChangeNeedsLiveMachine,*'
    }

    It 'names each group that is not there' {
        'nowhere', 'elsewhere' | Invoke-MemoryReclaim -Root $tree -WhatIf -ErrorAction SilentlyContinue -ErrorVariable problem

        $problem.FullyQualifiedErrorId | Should -BeLike 'CgroupNotFound,*'
        $problem.TargetObject | Should -Be /nowhere, /elsewhere
    }

    It 'refuses sizes and numbers that make no sense' {
        { Invoke-MemoryReclaim system.slice 0 -Root $tree } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        { Invoke-MemoryReclaim system.slice -Swappiness 201 -Root $tree } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        { Invoke-MemoryReclaim system.slice 12XB -Root $tree } | Should -Throw '*write for example*'
    }

    It 'only says what it would do on this machine with -WhatIf' {
        $group = Get-CgroupMemory -Recurse -ErrorAction SilentlyContinue | Where-Object { $_.Path -ne '/' -and $_.Current } | Sort-Object Current -Descending | Select-Object -First 1
        if (-not $group) {
            Set-ItResult -Skipped -Because 'this machine has no group with memory'
            return
        }
        $result = $group | Invoke-MemoryReclaim -Size 4KB -WhatIf -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable problem

        $result | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Match '^$|^(CgroupLimitUnavailable|CgroupNotFound|PermissionDenied|KernelFileAbsent)'
    }
}
