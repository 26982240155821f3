#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
}

Describe 'Get-ProcessMemory' {
    It 'writes every process once, in the order of ids' {
        $ids = (Get-ProcessMemory).Id
        $ids | Should -Contain $PID
        $ids | Should -Be ($ids | Sort-Object -Unique)
    }

    It 'agrees with Get-Process about id, name, parent and start' {
        $ours = Get-ProcessMemory -Id $PID
        $theirs = Get-Process -Id $PID
        $ours.Name | Should -Be $theirs.ProcessName
        $ours.ParentId | Should -Be $theirs.Parent.Id
        [math]::Abs(($ours.StartTime.LocalDateTime - $theirs.StartTime).TotalSeconds) | Should -BeLessThan 2
    }

    It 'agrees with smem, which cuts each mapping to whole kB, for processes at rest' -Skip:(-not (Get-Command smem -ErrorAction Ignore)) {
        $children = 1..5 | ForEach-Object { Start-Process sleep 600 -PassThru }
        try {
            Start-Sleep -Milliseconds 500
            $ours = Get-ProcessMemory -Id $children.Id
            $theirs = @{}
            smem -H -c 'pid pss uss' | ForEach-Object { $fields = -split $_; $theirs[[int]$fields[0]] = [long]$fields[1], [long]$fields[2] }
            foreach ($process in $ours) {
                $mappings = @(Get-ProcessMemoryMap -Id $process.Id -Fast).Count
                # A page that another sleep maps or leaves between the two readings moves from private to shared, or back.
                $moved = 256KB
                [math]::Abs($process.Uss - $theirs[$process.Id][1] * 1KB) | Should -BeLessOrEqual $moved
                [math]::Abs($process.Pss - $theirs[$process.Id][0] * 1KB) | Should -BeLessOrEqual ($mappings * 1KB + $moved)
            }
        }
        finally {
            $children | Stop-Process
        }
    }

    It 'agrees with the kernel to the digit on what does not change' {
        $child = Open-Sleeper
        try {
            $ours = Get-ProcessMemory -Id $child.Id
            $status = @{}
            Get-Content "/proc/$($child.Id)/status" | ForEach-Object { $key, $value = $_ -split ':\s+', 2; $status[$key] = $value }
            foreach ($pair in @{ VmSize = 'VirtualSize'; VmRSS = 'Rss'; RssAnon = 'RssAnon'; VmPTE = 'PageTables'; VmData = 'Data'; VmStk = 'Stack'; VmExe = 'Text'; VmLib = 'Library'; VmHWM = 'PeakRss' }.GetEnumerator()) {
                $ours.($pair.Value) | Should -Be (1KB * ($status[$pair.Key] -replace ' kB')) -Because $pair.Key
            }
            $ours.VIRT | Should -Be $ours.VirtualSize
            $ours.RES | Should -Be $ours.Rss
            $ours.SHR | Should -Be ($ours.RssFile + $ours.RssShmem)
            $ours.CommandLine | Should -BeLike '*sleep 600'
        }
        finally {
            Stop-Process $child
        }
    }

    It 'takes processes from the pipeline: <What>' -ForEach @(
        @{ What = 'Get-Process'; Pipe = { Get-Process -Id $PID } }
        @{ What = 'a number'; Pipe = { $PID } }
        @{ What = 'an object with an Id'; Pipe = { [pscustomobject]@{ Id = "$PID" } } }
        @{ What = 'an object with a ProcessId'; Pipe = { [pscustomobject]@{ ProcessId = $PID } } }
        @{ What = 'a process that went through CLIXML'; Pipe = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-Process -Id $PID))) } }
        @{ What = 'Get-ProcessMemory'; Pipe = { Get-ProcessMemory -Id $PID -Fast } }
    ) {
        (& $Pipe | Get-ProcessMemory).Id | Should -Be $PID
    }

    It 'can be sorted, summed and made JSON' {
        (Get-ProcessMemory -Name pwsh* | Sort-Object Rss | Select-Object -First 3).Count | Should -BeGreaterThan 0
        (Get-ProcessMemory | Measure-Object Pss -Sum).Sum | Should -BeGreaterThan 0
        $json = Get-ProcessMemory -Id $PID | ConvertTo-Json | ConvertFrom-Json
        $json.Id | Should -Be $PID
        $json.Pss | Should -BeOfType long
    }

    It 'ends at once when the pipeline has enough' {
        @(Get-ProcessMemory | Select-Object -First 1).Count | Should -Be 1
    }

    It 'reports <Id> as no process and goes on' -ForEach @{ Id = -1 }, @{ Id = 0 }, @{ Id = [int]::MaxValue } {
        $found = Get-ProcessMemory -Id $Id, $PID -ErrorAction SilentlyContinue -ErrorVariable failed
        $found.Id | Should -Be $PID
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ProcessNotFound,*'
        $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failed[0].TargetObject | Should -Be $Id
    }

    It 'reports a name that nobody has, and no wildcard' {
        Get-ProcessMemory -Name no-such-name, no-such-* -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike 'ProcessNameNotFound,*'
    }

    It 'reports an object without an id' {
        'text' | Get-ProcessMemory -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike 'InputObjectInvalid,*'
    }

    It 'leaves the proportional sizes out with -Fast' {
        $fast = Get-ProcessMemory -Id $PID -Fast
        $fast.Pss | Should -BeNullOrEmpty
        $fast.Rss | Should -BeGreaterThan 0
        $fast.Access | Should -Be 'Full'
    }

    It 'runs side by side in runspaces' {
        $counts = 1..8 | ForEach-Object -Parallel {
            Import-Module $using:ManifestPath
            (Get-ProcessMemory -Id $using:PID).Id
        } -ThrottleLimit 4
        $counts | Should -Be (@($PID) * 8)
    }

    It 'shows a table within 80 columns and no control characters of a name' {
        $folder = New-Item -ItemType Directory "$TestDrive/names"
        $file = Join-Path $folder "bad`e[31m`nname"
        Copy-Item (Get-Command sleep -CommandType Application)[0].Source $file
        $child = [System.Diagnostics.Process]::Start($file, '600')
        try {
            $text = (Get-ProcessMemory -Id $child.Id | Out-String -Width 80) -replace '\e\[[0-9;]*m(?=[ -])|\e\[0m'
            $text | Should -Not -Match '\e\[31m'
            $text | Should -Match 'bad\?\[31m\?name'
            $text -split "`n" | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        }
        finally {
            $child.Kill()
            $child.WaitForExit()
        }
    }

    It 'completes names and ids of running processes' {
        $name = (Get-Process -Id $PID).ProcessName
        (TabExpansion2 "Get-ProcessMemory -Name $($name.Substring(0, 3))").CompletionMatches.CompletionText | Should -Contain $name
        $id = (TabExpansion2 "Get-ProcessMemory -Id $PID").CompletionMatches | Where-Object CompletionText -EQ $PID
        $id.ToolTip | Should -Be $name
    }

    It 'shows another user what he may see, with nulls for the rest' -Skip:((id -u) -ne 0 -or -not (Get-Command setpriv -ErrorAction Ignore)) {
        $command = "Import-Module '$ManifestPath'; Get-ProcessMemory -Id $PID -Verbose 4>&1 | ForEach-Object { if (`$_ -is [System.Management.Automation.VerboseRecord]) { `"`$_`" } else { `$_ | ConvertTo-Json -Compress -EnumsAsStrings } }"
        $output = setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp (Get-Process -Id $PID).Path -NoProfile -Command $command
        $seen = $output | Where-Object { $_ -like '{*' } | ConvertFrom-Json
        $seen.Id | Should -Be $PID
        $seen.Access | Should -Be 'NoPss'
        $seen.Rss | Should -BeGreaterThan 0
        $seen.Pss | Should -Be $null
        $output | Where-Object { $_ -like '1 of 1 processes*CAP_SYS_PTRACE*' } | Should -HaveCount 1
    }
}
