#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $noLive = $env:LINUXMEMORY_LIVE -ne '1' -or (id -u) -ne 0
}

Describe 'Set-OomScoreAdj' -Skip:$noLive {
    BeforeAll {
        . $PSScriptRoot/../Import-TestedModule.ps1
        $process = Start-Process sleep 300 -PassThru
    }

    AfterAll {
        $process.Kill()
    }

    It 'takes process and value without names, the value alone, and by name behind a pipe' {
        (Set-OomScoreAdj $process.Id 101 -PassThru).NewValue | Should -Be '101'
        (Set-OomScoreAdj -Id $process.Id 102 -PassThru).NewValue | Should -Be '102'
        ($process | Set-OomScoreAdj -Value 103 -PassThru).NewValue | Should -Be '103'
        (Get-ProcessMemory -Id $process.Id | Set-OomScoreAdj -Value 104 -PassThru).NewValue | Should -Be '104'
        Get-Content "/proc/$($process.Id)/oom_score_adj" | Should -Be '104'
    }

    It 'takes a number behind a pipe for an id, says so and changes nothing' {
        { $process | Set-OomScoreAdj 105 } | Should -Throw -ErrorId 'ParametersMissing,*' -ExpectedMessage '*-Value*pipe*'
        { Set-OomScoreAdj -Id $process.Id } | Should -Throw -ErrorId 'ParametersMissing,*'

        Get-Content "/proc/$($process.Id)/oom_score_adj" | Should -Not -Be '105'
    }

    # PowerShell binds the first word before it looks at the second and at the pipeline: a number there is an id.
    It 'changes nothing when an id is given and processes are piped in' {
        { $process | Set-OomScoreAdj -Id 1 -Value 105 -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'

        Get-Content "/proc/$($process.Id)/oom_score_adj" | Should -Not -Be '105'
        Get-Content /proc/1/oom_score_adj | Should -Not -Be '105'
    }
}
