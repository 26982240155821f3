#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $captured = Expand-Fixture '6.12.117+deb12-amd64-hugepages'
}

AfterAll {
    Clear-Fixture
}

Describe 'Get-ProcessPage' {
    BeforeAll {
        $child = Open-Sleeper
        $map = Get-ProcessMemoryMap -Id $child.Id
        $pages = Get-ProcessPage -Id $child.Id
    }

    AfterAll {
        $child | Stop-Process
    }

    It 'covers each mapping without a gap' {
        $user = $map | Where-Object Kind -NE Vsyscall
        ($pages | Measure-Object Size -Sum).Sum | Should -Be ($user | Measure-Object Size -Sum).Sum
        foreach ($mapping in $user) {
            $own = $pages | Where-Object { $_.Start -ge $mapping.Start -and $_.End -le $mapping.End }
            ($own | Measure-Object Size -Sum).Sum | Should -Be $mapping.Size
        }
    }

    It 'agrees with smaps about what is in memory' {
        $stack = $map | Where-Object Kind -EQ Stack
        $present = $pages | Where-Object { $_.Kind -eq 'Stack' -and $_.State -eq 'Present' }
        ($present | Measure-Object Size -Sum).Sum | Should -Be $stack.Rss
    }

    It 'takes mappings from the pipeline' {
        $heap = $map | Where-Object Kind -EQ Heap | Get-ProcessPage
        $heap[0].Start | Should -Be ($map | Where-Object Kind -EQ Heap).Start
        $heap.Kind | Select-Object -Unique | Should -Be Heap
    }

    It 'takes a stretch that is written in hexadecimal and shows what is not mapped' {
        $first = Get-ProcessPage -Id $child.Id -Start 0x1000 -End 0x3000
        $first.State | Should -Be NotMapped
        $first.Size | Should -Be 8192
    }

    It 'takes pages that went through CSV and shows the same stretch again' {
        $pages[3] | Export-Csv $TestDrive/page.csv
        $again = Import-Csv $TestDrive/page.csv | Get-ProcessPage
        $again.Start | Should -Be $pages[3].Start
        $again.End | Should -Be $pages[3].End
    }

    It 'stops at once when enough was read' {
        @(Get-ProcessPage -Id $PID | Select-Object -First 2).Count | Should -Be 2
    }

    It 'refuses <What> with <Id>' -ForEach @(
        @{ What = 'a kernel thread'; Arguments = @{ Id = 2; Root = 'captured' }; Id = 'ProcessIsKernelThread' }
        @{ What = 'a captured machine'; Arguments = @{ Id = 221; Root = 'captured' }; Id = 'LiveMachineNeeded' }
        @{ What = 'an id that no process has'; Arguments = @{ Id = 99999999 }; Id = 'ProcessNotFound' }
        @{ What = 'an empty stretch'; Arguments = @{ Id = $PID; Start = 0x5000; End = 0x5000 }; Id = 'ParametersConflict' }
        @{ What = 'no choice'; Arguments = @{  }; Id = 'InputObjectInvalid' }
    ) {
        if ($Arguments.Root) { $Arguments.Root = $captured }
        Get-ProcessPage @Arguments -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'shows a table that fits 80 columns' {
        ($pages | Out-String -Width 80) -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }
}
