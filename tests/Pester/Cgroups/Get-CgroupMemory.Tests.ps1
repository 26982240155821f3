#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $tree = Expand-CgroupTree
    $second = Expand-Fixture '6.12.117+deb12-amd64-cgroup2-oom'
    $first = Expand-Fixture '6.1.0-56-amd64-cgroup1-nopsi'
}

AfterAll {
    Remove-Item -Recurse -Force $tree
    Clear-Fixture
}

Describe 'Get-CgroupMemory' {
    It 'gives bytes that compare and sum, and null for no limit' {
        $group = Get-CgroupMemory system.slice/ssh.service -Root $tree

        $group.Current | Should -Be 100MB
        $group.Current | Should -BeOfType long
        $group.Max | Should -BeNullOrEmpty
        $group.EffectiveMax, $group.LimitedBy | Should -Be 512MB, '/system.slice'
        $group.Events.OomKill | Should -Be 1
        $group.Statistics['anon'] | Should -Be 64MB
        $group.Unit | Should -Be ssh.service
    }

    It 'takes wildcards, directories and groups from the pipeline' {
        (Get-CgroupMemory system.slice/* -Root $tree).Path | Should -Be /system.slice/ssh.service
        ('system.slice', 'system.slice/ssh.service' | Get-CgroupMemory -Root $tree).Path | Should -Be /system.slice, /system.slice/ssh.service
        (Get-CgroupMemory system.slice -Root $tree | Get-CgroupMemory -Root $tree -Recurse).Path | Should -Be /system.slice, /system.slice/ssh.service
    }

    It 'walks the whole tree of version 2, and of version 1' {
        (Get-CgroupMemory -Recurse -Root $second).Path | Should -Contain /app.slice/worker.service
        (Get-CgroupMemory -Recurse -Root $second).Version | Select-Object -Unique | Should -Be 2
        (Get-CgroupMemory -Recurse -Root $first).Version | Select-Object -Unique | Should -Be 1
    }

    It 'shows a table of at most 79 columns, and the same for objects of another session' {
        $lines = (Get-CgroupMemory -Recurse -Root $tree | Out-String -Width 200) -split "`n" | ForEach-Object TrimEnd
        $lines | Where-Object Length -GT 79 | Should -BeNullOrEmpty
        $lines -match 'ssh.service' | Should -Match '100 MiB'

        $file = Join-Path $TestDrive groups.xml
        Get-CgroupMemory -Recurse -Root $tree | Export-Clixml $file
        Import-Clixml $file | Out-String | Should -Match 'system.slice/ssh.service\s+100 MiB'
    }

    It 'says which group is not there, never leaves the tree, and goes on' {
        $groups = Get-CgroupMemory ../../../proc, nowhere, system.slice -Root $tree -ErrorAction SilentlyContinue -ErrorVariable problem

        $problem.FullyQualifiedErrorId | Should -BeLike 'CgroupNotFound,*'
        $groups.Path | Should -Be /system.slice
    }
}
