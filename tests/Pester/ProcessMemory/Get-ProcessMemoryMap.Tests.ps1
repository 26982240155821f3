BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $captured = Expand-Fixture '6.12.117+deb12-amd64-hugepages'
}

AfterAll {
    Clear-Fixture
}

Describe 'Get-ProcessMemoryMap' {
    It 'writes the mappings of this process in the order of their addresses' {
        $mappings = Get-ProcessMemoryMap -Id $PID
        $mappings.Count | Should -BeGreaterThan 100
        $mappings.ProcessId | Select-Object -Unique | Should -Be $PID
        $mappings.ProcessName | Select-Object -Unique | Should -Be (Get-Process -Id $PID).ProcessName
        ($mappings | Where-Object Kind -EQ Text).Path | Should -Be (Get-Process -Id $PID).Path
        ($mappings | Where-Object Path -Like '*/libcoreclr.so').Kind | Should -Contain LibraryText
        ($mappings | Where-Object Kind -EQ ThreadStack).ThreadId | Should -Not -BeNullOrEmpty
    }

    It 'agrees with pmap -X on a sleeping process' -Skip:(-not (Get-Command pmap -ErrorAction Ignore)) {
        $child = Open-Sleeper
        try {
            $lines = @(pmap -X $child.Id)
            $names = -split $lines[1]
            $rows = $lines[2..($lines.Count - 3)]
            $ours = Get-ProcessMemoryMap -Id $child.Id
            $ours.Count | Should -Be $rows.Count
            foreach ($name in 'Size', 'Rss', 'Swap', 'Locked') {
                $theirs = ($rows | ForEach-Object { [long](-split $_)[$names.IndexOf($name)] } | Measure-Object -Sum).Sum * 1KB
                ($ours | Measure-Object $name -Sum).Sum | Should -Be $theirs -Because $name
            }
        }
        finally {
            Stop-Process $child
        }
    }

    It 'knows no sizes but Size with -Fast' {
        $mappings = Get-ProcessMemoryMap -Id 221 -Root $captured -Fast
        $mappings.Count | Should -Be 14
        $mappings[0].Rss | Should -BeNullOrEmpty
        $mappings[0].Size | Should -Be 4096
    }

    It 'chooses by kind and by path' {
        (Get-ProcessMemoryMap -Id 221 -Root $captured -Kind HugePage).Count | Should -Be 4
        (Get-ProcessMemoryMap -Name memtool -Root $captured -Path */memtool -Kind Text, Data).Count | Should -Be 2
    }

    It 'takes processes from Get-Process and mappings from itself' {
        (Get-Process -Id $PID | Get-ProcessMemoryMap -Kind Stack).ProcessId | Should -Be $PID
        (Get-ProcessMemoryMap -Id $PID -Kind Stack | Get-ProcessMemoryMap -Kind Heap).Kind | Should -Be Heap
    }

    It 'refuses <What> with <Id>' -ForEach @(
        @{ What = 'a kernel thread'; Arguments = @{ Id = 2 }; Id = 'ProcessIsKernelThread' }
        @{ What = 'an id that no process has'; Arguments = @{ Id = 99999999 }; Id = 'ProcessNotFound' }
        @{ What = 'a negative id'; Arguments = @{ Id = -1 }; Id = 'ProcessNotFound' }
        @{ What = 'a name that no process has'; Arguments = @{ Name = 'no-such-program' }; Id = 'ProcessNameNotFound' }
    ) {
        Get-ProcessMemoryMap @Arguments -Root $captured -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'says who may read what is denied' -Skip:((id -u) -eq 0) {
        Get-ProcessMemoryMap -Id 1 -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'PermissionDenied,*'
        "$failure" | Should -BeLike '*smaps*CAP_SYS_PTRACE*'
        $null = Get-ProcessMemoryMap -Fast -WarningVariable leftOut -WarningAction SilentlyContinue -ErrorAction Stop
        "$leftOut" | Should -BeLike '*left out*'
    }

    It 'stops at once when enough was read' {
        (Get-ProcessMemoryMap | Select-Object -First 3).Count | Should -Be 3
    }

    It 'shows a table for each process that fits 80 columns' {
        $text = Get-ProcessMemoryMap -Id 208, 221 -Root $captured | Out-String -Width 80
        $text | Should -BeLike '*Process: 208 (init)*Process: 221 (memtool)*'
        $text | Should -BeLike '*7ffec30ae000  132 KiB 24.0 KiB 24.0 KiB 24.0 KiB      0 B rw-p `[stack`]*'
        ($text -split "`n").TrimEnd().Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
    }
}
