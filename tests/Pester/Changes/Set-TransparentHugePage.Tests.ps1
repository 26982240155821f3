#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $tmpfiles = 'etc/tmpfiles.d/linuxmemory.conf'
}

Describe 'Set-TransparentHugePage on a tree' {
    BeforeEach {
        $root = Expand-SettingTree
    }

    AfterEach {
        Remove-Item -Recurse -Force $root
    }

    It 'writes nothing with -WhatIf' {
        $before = Get-TreeState $root
        Set-TransparentHugePage never -Defrag defer -ShmemEnabled advise -Persist -Root $root -WhatIf
        Get-TreeState $root | Should -Be $before
    }

    It 'writes what the next boot reads, a change for each setting' {
        $changes = Set-TransparentHugePage never -Defrag defer+madvise -Persist -Root $root -PassThru
        $changes.Setting | Should -Be transparent_hugepage.enabled, transparent_hugepage.defrag
        $changes.NewValue | Should -Be never, defer+madvise
        $lines = Get-Content $root/$tmpfiles | Where-Object { $_ -notlike '#*' }
        $lines | Should -Be @(
            'w! /sys/kernel/mm/transparent_hugepage/enabled - - - - never'
            'w! /sys/kernel/mm/transparent_hugepage/defrag - - - - defer+madvise'
        )
        (Get-TransparentHugePage -Root $root).AfterBoot | Should -Be never
    }

    It 'is silent when nothing is to be changed' {
        Set-TransparentHugePage never -Persist -Root $root
        $before = Get-TreeState $root
        Set-TransparentHugePage never -Persist -Root $root -PassThru | Should -BeNullOrEmpty
        Get-TreeState $root | Should -Be $before
    }

    It 'refuses <What>, and writes nothing' -ForEach @(
        @{ What = 'a word that the kernel does not know'; Run = { Set-TransparentHugePage sometimes -Persist -Root $root -ErrorAction Stop } }
        @{ What = 'a change without -Persist'; Run = { Set-TransparentHugePage never -Root $root -ErrorAction Stop } }
        @{ What = 'a size that is no size of pages'; Run = { Set-TransparentHugePage always -Size 1000 -Persist -Root $root -ErrorAction Stop } }
        @{ What = '-Defrag with -Size'; Run = { Set-TransparentHugePage always -Size 2MB -Defrag never -Persist -Root $root -ErrorAction Stop } }
    ) {
        $before = Get-TreeState $root
        $Run | Should -Throw
        Get-TreeState $root | Should -Be $before
    }

    It 'writes for a kernel that is not there to ask, too: an image before its first boot' {
        Remove-Item -Recurse $root/sys, $root/proc
        New-Item -ItemType Directory -Force $root/etc | Out-Null
        Set-TransparentHugePage never -Persist -Root $root
        Get-Content $root/$tmpfiles | Should -Contain 'w! /sys/kernel/mm/transparent_hugepage/enabled - - - - never'
    }

    It 'completes the words' {
        (TabExpansion2 'Set-TransparentHugePage -Enabled al').CompletionMatches.CompletionText | Should -Contain always
    }
}
