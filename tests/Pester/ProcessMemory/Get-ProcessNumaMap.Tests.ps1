#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $noLive = $env:LINUXMEMORY_LIVE -ne '1' -or (id -u) -ne 0
}

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $captured = Expand-Fixture '6.12.117+deb12-amd64-numa2'
    $huge = Expand-Fixture '6.12.117+deb12-amd64-hugepages'
}

AfterAll {
    Clear-Fixture
}

Describe 'Get-ProcessNumaMap' {
    It 'shows the pages of each mapping on two nodes' {
        $map = Get-ProcessNumaMap -Id 1 -Root $captured
        $heap = $map | Where-Object Kind -EQ Heap
        $heap.PagesByNode | Should -Be 6, 2
        $heap.BytesByNode | Should -Be 24KB, 8KB
        $heap.Counts['anon'] | Should -Be 8
        $heap.Policy | Should -Be default
    }

    It 'counts pages of huge page pools by their own size' {
        (Get-ProcessNumaMap -Id 221 -Root $huge | Where-Object PageSize -EQ 1GB).BytesByNode[0] | Should -Be 1GB
    }

    It 'says where each mapping begins and ends, as maps does' {
        $maps = Get-ProcessMemoryMap -Id 1 -Root $captured -Fast | ForEach-Object { '{0:x}-{1:x}' -f $_.Start, $_.End }
        Get-ProcessNumaMap -Id 1 -Root $captured | ForEach-Object { '{0:x}-{1:x}' -f $_.Start, $_.End } | Should -BeIn $maps
    }

    It 'leads to the bytes of a mapping' -Skip:(-not (Test-Path /proc/self/numa_maps)) {
        $child = Start-Process sleep 600 -PassThru
        try {
            Start-Sleep -Milliseconds 500
            $read = Get-ProcessNumaMap -Id $child.Id | Where-Object Kind -EQ Text | Read-ProcessMemory -MaxBytes 16
            $read.Length | Should -Be 16
        }
        finally {
            $child | Stop-Process
        }
    }

    It 'adds up a process with -Summary' {
        $summary = Get-ProcessNumaMap -Id 1 -Root $captured -Summary
        $summary.BytesByNode | Should -Be 53248, 1802240
        $summary.MainNode | Should -Be 1
        $summary.Total | Should -Be ($summary.BytesByNode | Measure-Object -Sum).Sum
    }

    It 'agrees with smaps about this process' -Skip:(-not (Test-Path /proc/self/numa_maps)) {
        $child = Start-Process sleep 600 -PassThru
        try {
            Start-Sleep -Milliseconds 500
            $ours = Get-ProcessNumaMap -Id $child.Id | Where-Object Kind -NotIn Vdso, Vvar
            $smaps = Get-ProcessMemoryMap -Id $child.Id | Where-Object Kind -NotIn Vdso, Vvar, Vsyscall
            ($ours.BytesByNode | Measure-Object -Sum).Sum | Should -Be ($smaps | Measure-Object Rss -Sum).Sum
        }
        finally {
            $child | Stop-Process
        }
    }

    It 'keeps pages and counts readable in CSV files' {
        Get-ProcessNumaMap -Id 1 -Root $captured | Where-Object Kind -EQ Heap | Export-Csv $TestDrive/numa.csv
        $line = Import-Csv $TestDrive/numa.csv
        $line.PagesByNode | Should -Be '6, 2'
        $line.Counts | Should -BeLike '*anon=8, dirty=8*'
    }

    It 'refuses <What> with <Id>' -ForEach @(
        @{ What = 'a kernel thread'; Arguments = @{ Id = 2; Root = 'captured' }; Id = 'ProcessIsKernelThread' }
        @{ What = 'an id that no process has'; Arguments = @{ Id = 99999999 }; Id = 'ProcessNotFound' }
    ) {
        if ($Arguments.Root) { $Arguments.Root = $captured }
        Get-ProcessNumaMap @Arguments -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}

Describe 'Move-ProcessMemory' {
    BeforeAll {
        $child = Open-Sleeper
    }

    AfterAll {
        $child | Stop-Process
    }

    It 'says what it would do' {
        $before = Get-ProcessNumaMap -Id $child.Id -Summary
        Move-ProcessMemory -Id $child.Id -FromNode 0 -ToNode 0 -WhatIf -ErrorAction Stop | Should -BeNullOrEmpty
        (Get-ProcessNumaMap -Id $child.Id -Summary).BytesByNode | Should -Be $before.BytesByNode
    }

    It 'moves nothing on the node where all is' -Skip:$noLive {
        $move = Move-ProcessMemory -Id $child.Id -FromNode 0 -ToNode 0
        $move.Moved | Should -Be 0
        $move.After[0] | Should -BeGreaterThan 0
        $changes = Get-Process -Id $child.Id | Move-ProcessMemory -FromNode 0 -ToNode 0 -PassThru | Where-Object { $_ -is [LinuxMemory.MemoryChange] }
        $changes.CanUndo | Should -BeFalse
    }

    It 'refuses <What> with <Id>' -ForEach @(
        @{ What = 'a node that is not there'; Arguments = @{ Id = $PID; FromNode = 0; ToNode = 4095 }; Id = 'NumaNodeNotFound' }
        @{ What = 'nodes that cross'; Arguments = @{ Id = 1; FromNode = 0, 1; ToNode = 1, 0; Root = 'captured' }; Id = 'ParametersConflict' }
        @{ What = 'an id that no process has'; Arguments = @{ Id = 99999999; FromNode = 0; ToNode = 0 }; Id = 'ProcessNotFound' }
    ) {
        if ($Arguments.Root) { $Arguments.Root = $captured }
        Move-ProcessMemory @Arguments -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
