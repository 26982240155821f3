#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $captured = Expand-Fixture '6.12.117+deb12-amd64-hugepages'
}

AfterAll {
    Clear-Fixture
}

Describe 'Get-ProcessMemoryLayout' {
    BeforeAll {
        $child = Open-Sleeper
        $layout = Get-ProcessMemoryLayout -Id $child.Id
        $map = Get-ProcessMemoryMap -Id $child.Id
    }

    AfterAll {
        $child | Stop-Process
    }

    It 'adds up what Get-ProcessMemoryMap lists' {
        $layout.Size | Should -Be ($map | Measure-Object Size -Sum).Sum
        foreach ($kind in $layout.Kinds) {
            $own = $map | Where-Object Kind -EQ $kind.Kind
            $kind.Count | Should -Be @($own).Count
            $kind.Size | Should -Be ($own | Measure-Object Size -Sum).Sum
        }
        $layout.Kinds.Kind | Should -Contain Stack
    }

    It 'has each gap between two mappings and no other' {
        foreach ($gap in $layout.Gaps) {
            $map.End | Should -Contain $gap.Start
            $map.Start | Should -Contain $gap.End
        }
        $layout.Gaps.Count | Should -BeGreaterThan 2
    }

    It 'places code, data, heap and stack where the mappings are' {
        $text = $map | Where-Object Kind -EQ Text
        $layout.StartCode | Should -BeGreaterOrEqual $text.Start
        $layout.EndCode | Should -BeLessOrEqual $text.End
        $layout.Brk | Should -Be ($map | Where-Object Kind -EQ Heap).End
        $layout.StartStack | Should -BeLessThan ($map | Where-Object Kind -EQ Stack).End
        $layout.Vdso | Should -Be ($map | Where-Object Kind -EQ Vdso).Start
    }

    It 'takes processes from Get-Process and leaves sizes in memory out with -Fast' {
        $fast = Get-Process -Id $child.Id | Get-ProcessMemoryLayout -Fast
        $fast.Size | Should -Be $layout.Size
        $fast.Kinds | Where-Object Rss -NE $null | Should -BeNullOrEmpty
    }

    It 'keeps kinds and gaps readable in CSV files' {
        $layout | Export-Csv $TestDrive/layout.csv
        $line = Import-Csv $TestDrive/layout.csv
        $line.Kinds | Should -BeLike '*Stack [0-9]*'
        $line.Gaps | Should -BeLike "*$('{0:x}' -f $layout.Gaps[0].Start)-*"
        $line.DeletedFiles | Should -Be ''
    }

    It 'reads a captured machine' {
        (Get-ProcessMemoryLayout -Id 221 -Root $captured).Kinds.Kind | Should -Contain HugePage
    }

    It 'refuses <What> with <Id>' -ForEach @(
        @{ What = 'a kernel thread'; Arguments = @{ Id = 2; Root = 'captured' }; Id = 'ProcessIsKernelThread' }
        @{ What = 'an id that no process has'; Arguments = @{ Id = 99999999 }; Id = 'ProcessNotFound' }
    ) {
        if ($Arguments.Root) { $Arguments.Root = $captured }
        Get-ProcessMemoryLayout @Arguments -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'shows a table that fits 80 columns' {
        ($layout | Out-String -Width 80) -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }
}
