#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $logs = Join-Path $PSScriptRoot '../../LinuxMemory.Core.Tests/Oom/Logs'
    $captured = Expand-Fixture '6.12.117+deb12-amd64-cgroup2-oom'
}

AfterAll {
    Clear-Fixture
}

Describe 'Get-OomEvent' {
    It 'gives one object for each kill and group of a captured machine' {
        $events = Get-OomEvent -Root $captured

        $events.VictimId | Should -Be 205, 206, 207
        $events[0].PSObject.TypeNames[0] | Should -Be LinuxMemory.OomEvent
        $events[1].Victims.Id | Should -Be 206, 197
        $events[0].TotalVm | Should -BeOfType long
        $events[2].Scope | Should -Be System
    }

    It 'reads files from the pipeline and by wildcards alike' {
        $piped = Get-ChildItem $logs/*.log | Get-OomEvent
        $named = Get-OomEvent -Path $logs/*.log

        $piped.Count | Should -BeGreaterThan 9
        $piped.VictimName | Should -Be $named.VictimName
    }

    It 'keeps what lies between -After and -Before' {
        $events = Get-OomEvent -Root $captured
        $last = $events[2].Time.LocalDateTime

        (Get-OomEvent -Root $captured -After $last).VictimId | Should -Be 207
        (Get-OomEvent -Root $captured -Before $last.AddSeconds(-1)).VictimId | Should -Be 205, 206
    }

    It 'shows a report, a table, and both for objects of another session' {
        $text = Get-OomEvent -Root $captured | Out-String
        $text | Should -Match 'The kernel killed memtool \(206\) of user 0 and its group'
        $text | Should -Match '/app.slice/worker.service reached its limit'
        Get-OomEvent -Root $captured | Format-Table | Out-String -Width 80 | Should -Match '205 memtool'

        $file = Join-Path $TestDrive events.xml
        Get-OomEvent -Root $captured | Export-Clixml $file
        Import-Clixml $file | Out-String | Should -Match 'The kernel killed memtool \(207\) of user 0'
    }

    It 'reads the lines that a program hands on' {
        $file = "$logs/debian-4.19-journal-short.log"
        $piped = Get-Content $file | Get-OomEvent
        $named = Get-OomEvent $file

        $piped.VictimId | Should -Be $named.VictimId
        $piped.Tasks.Count | Should -Be $named.Tasks.Count
        $piped.Source | Should -Be pipeline
        ('Linux version 6.1.0 (x) #1 SMP', '', 'usb 1-1: new device, number 2', 'Out of memory: Killed process 9 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB' | Get-OomEvent).VictimId | Should -Be 9
        { '' | Get-OomEvent -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectInvalid*'
    }

    It 'takes the times of its own events' {
        $events = Get-OomEvent -Root $captured

        (Get-OomEvent -Root $captured -After $events[1].Time -Before $events[1].Time).VictimId | Should -Be $events[1].VictimId
    }

    It 'names the next step for a directory and for a packed file' {
        [IO.File]::WriteAllBytes("$TestDrive/packed.xz", [byte[]](0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 0))
        Get-OomEvent $TestDrive/packed.xz, $logs -ErrorAction SilentlyContinue -ErrorVariable problem

        $problem[0].ToString() | Should -BeLike '*unpack it first with xz -dk.'
        $problem[1].ToString() | Should -BeLike '*Give the logs in it, such as*'
    }

    It 'gives lists that can be indexed' {
        $found = (Get-OomEvent -Root $captured)[0]

        $found.Tasks[0].Id | Should -Be ($found.Tasks | Select-Object -First 1).Id
        $found.Tasks[-1].Name | Should -Be ($found.Tasks | Select-Object -Last 1).Name
        $found.Victims[0].Id | Should -Be $found.VictimId
        $found.Memory.Statistics['anon'] | Should -BeOfType long
    }

    It 'reads what Windows PowerShell and a terminal make of a log' {
        $text = Get-Content $logs/ubuntu-4.4-kern.log
        $text | Set-Content -Encoding unicode (Join-Path $TestDrive wide.log)
        $text | ForEach-Object { "`e[32m$_`e[0m" } | Set-Content (Join-Path $TestDrive coloured.log)

        (Get-OomEvent $TestDrive/wide.log).VictimId | Should -Be 2290
        (Get-OomEvent $TestDrive/coloured.log).VictimId | Should -Be 2290
    }

    It 'says when a file speaks of kills in a form that it does not know' {
        Set-Content (Join-Path $TestDrive odd.log) 'Mar  4 05:06:07 host app: kernel said: Out of memory: Killed process 9 (a) total-vm:1kB, anon-rss:1kB, file-rss:0kB'

        Get-OomEvent $TestDrive/odd.log -WarningVariable said -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $said | Should -Match 'no event, although 1 line'
    }

    It 'says which file cannot be read and goes on' {
        $events = Get-OomEvent -Path (Join-Path $TestDrive absent.log), "$logs/ubuntu-4.4-kern.log" -ErrorVariable problem -ErrorAction SilentlyContinue

        $events.VictimId | Should -Be 2290
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'KernelFileAbsent*'
    }
}
