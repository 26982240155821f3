#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    # Grows by 100 kB, 30 times a second.
    Set-Content $TestDrive/leak 'ulimit -v 4000000; text=; more=$(printf "%100000s"); while :; do text+=$more; sleep 0.03; done'
}

Describe 'Measure-ProcessMemoryGrowth' {
    It 'finds the process that leaks, where it leaks and the limit that it will meet, and not the one that rests' {
        $leaking = Start-Process bash $TestDrive/leak -PassThru
        $resting = Start-Process sleep 600 -PassThru
        try {
            Start-Sleep 1
            $growth = Measure-ProcessMemoryGrowth -Id $leaking.Id, $resting.Id -SampleInterval 0.1
            $found = $growth | Where-Object Id -eq $leaking.Id
            $found.Verdict | Should -Be Growing
            $found.Samples | Should -Be 60
            $found.SlopePerHour | Should -BeGreaterThan 1GB
            $found.AdjustedPValue | Should -BeLessThan 0.01
            # Unless the machine or its cgroup has less than the 4 GB that the process may map.
            $found.Limit | Should -Match '^(RLIMIT_AS|machine|cgroup /.*)$'
            $found.TimeToLimit | Should -BeGreaterThan ([timespan]::Zero)
            $found.GrowingMappings[0].RssChange | Should -BeGreaterThan 1MB
            $found.GrowingMappings[0].Kind | Should -BeIn 'Heap', 'Anonymous'
            ($growth | Where-Object Id -eq $resting.Id).Verdict | Should -Be Stable
        }
        finally {
            $leaking, $resting | Stop-Process -Force
        }
    }

    It 'says the same of samples that went through <Way>' -ForEach @(
        @{ Way = 'nothing'; Through = { $input } }
        @{ Way = 'CLIXML'; Through = { $input | Export-Clixml $file; Import-Clixml $file } }
        @{ Way = 'JSON'; Through = { $input | ConvertTo-Json -Compress | Set-Content $file; Get-Content $file | ConvertFrom-Json } }
        @{ Way = 'CSV'; Through = { $input | Export-Csv $file; Import-Csv $file } }
        @{ Way = 'a CSV that grew'; Through = { $input | ForEach-Object { $_ | Export-Csv $file -Append }; Import-Csv $file } }
        @{ Way = 'Select-Object'; Through = { $input | Select-Object Id, Name, StartTime, Time, RssAnon, Swap } }
    ) {
        $file = Join-Path $TestDrive (New-Guid)
        $one = Get-ProcessMemory -Id $PID -Fast
        $start = [datetimeoffset]'2026-11-02 08:00:00Z'
        $samples = foreach ($i in 0..59) {
            $one | Select-Object * -ExcludeProperty Time, RssAnon | Select-Object *, @{ n = 'Time'; e = { $start.AddMinutes($i) } }, @{ n = 'RssAnon'; e = { 100MB + $i * 1MB } }
        }
        $growth = $samples | & $Through | Measure-ProcessMemoryGrowth
        $growth.Count | Should -Be 1
        $growth.Id | Should -Be $PID
        $growth.Verdict | Should -Be Growing
        $growth.Samples | Should -Be 60
        $growth.Duration | Should -Be ([timespan]'00:59:00')
        [math]::Abs($growth.SlopePerHour - 60MB) | Should -BeLessThan 1MB
    }

    It 'takes processes of Get-Process and of Get-ProcessMemory and measures them' {
        (Get-Process -Id $PID | Measure-ProcessMemoryGrowth -SampleInterval 0.01 -MaxSamples 5).Samples | Should -Be 5
        (Get-ProcessMemory -Id $PID -Fast | Measure-ProcessMemoryGrowth -SampleInterval 0.01 -MaxSamples 5).Samples | Should -Be 5
    }

    It 'says that few samples say nothing' {
        $growth = Measure-ProcessMemoryGrowth -Id $PID -SampleInterval 0.01 -MaxSamples 5
        $growth.Verdict | Should -Be Inconclusive
        $growth.Reason | Should -BeLike '*30 samples*'
    }

    It 'measures all processes in a table of 79 columns' {
        $lines = (Measure-ProcessMemoryGrowth -SampleInterval 0.01 -MaxSamples 3 | Out-String -Width 80) -split "`n"
        $lines.Count | Should -BeGreaterThan 4
        $lines | ForEach-Object { ($_ -replace "`e\[[\d;]*m").TrimEnd().Length | Should -BeLessOrEqual 80 }
    }

    It 'stops at once at the end of a pipeline that wants no more' {
        $watch = [diagnostics.stopwatch]::StartNew()
        $samples = 1..3 | ForEach-Object { Get-ProcessMemory -Id $PID -Fast }
        $samples | Measure-ProcessMemoryGrowth | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
    }

    It 'fails for <What> with the error <Id>' -ForEach @(
        @{ What = 'an id that no process has'; Id = 'ProcessNotFound'; Run = { Measure-ProcessMemoryGrowth -Id 2147483647 -MaxSamples 2 -SampleInterval 0.01 } }
        @{ What = 'an object without an id'; Id = 'InputObjectInvalid'; Run = { [pscustomobject]@{ Time = Get-Date } | Measure-ProcessMemoryGrowth } }
        @{ What = 'a sample without sizes'; Id = 'SampleInvalid'; Run = { [pscustomobject]@{ Id = 1; Time = Get-Date } | Measure-ProcessMemoryGrowth } }
        @{ What = 'a captured machine'; Id = 'LiveMachineNeeded'; Run = { New-Item -ItemType Directory -Force $TestDrive/proc | Out-Null; Measure-ProcessMemoryGrowth -Root $TestDrive -Id 1 } }
        @{ What = '-Continuous with -MaxSamples'; Id = 'ParametersConflict'; Run = { Measure-ProcessMemoryGrowth -Id $PID -Continuous -MaxSamples 9 } }
    ) {
        $failed = $null
        try { & $Run -ErrorVariable failed -ErrorAction SilentlyContinue 2>&1 | ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { $failed = $_ } } } catch { $failed = $_ }
        $failed.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
