#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
}

AfterAll {
    Clear-Fixture
}

Describe 'Get-SwapAdvice' {
    It 'gives a row for each rule, with the amount that is missing as a number' {
        $advice = Get-SwapAdvice -Root (Expand-Fixture 6.12.117+deb12-amd64-swap)

        $advice.Rule | Should -Be 'Oracle', 'Common', 'RedHat', 'Ubuntu', 'Committed', 'Peak', 'SwapUse'
        ($advice | Where-Object Rule -EQ Ubuntu).Missing | Should -Be (1GB - 65532KB - 49128KB - 65532KB)
        $advice.Source | Should -Not -BeNullOrEmpty
    }

    It 'completes the names of rules' {
        (TabExpansion2 'Get-SwapAdvice -Rule u').CompletionMatches.CompletionText | Should -Be 'Ubuntu'
    }

    It 'knows hibernation' {
        (Get-SwapAdvice Ubuntu -Hibernate).Recommended | Should -BeGreaterThan (Get-SwapAdvice Ubuntu).Recommended
    }
}

Describe 'Compressed memory' {
    It 'is shown for a captured machine' {
        $root = Expand-Fixture 6.12.117+deb12-amd64-swap

        (Get-ZramDevice -Root $root).Ratio | Should -BeGreaterThan 1
        (Get-Zswap -Root $root).Enabled | Should -BeTrue
    }

    It 'says what a size is' {
        New-ZramSwap 4XB -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -BeLike 'SwapSizeInvalid,*'
    }

    It 'forecasts each step and makes no device' -Skip:(-not (Test-Path /sys/class/zram-control)) {
        $before = (Get-ZramDevice).Name
        New-ZramSwap 'min(ram/2, 64MiB)' -WhatIf
        (Get-ZramDevice).Name | Should -Be $before
    }
}
