#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $tree = Expand-CgroupTree
    $captured = Expand-Fixture '6.12.117+deb12-amd64-cgroup2-oom'
}

AfterAll {
    Remove-Item -Recurse -Force $tree
    Clear-Fixture
}

Describe 'Get-OomCandidate' {
    It 'ranks the largest first and those that are never chosen last, without a rank' {
        $candidates = Get-OomCandidate -Root $tree

        $candidates.Name | Should -Be large, small, kept
        $candidates[0].Rank, $candidates[1].Rank | Should -Be 1, 2
        $candidates[2].Rank | Should -BeNullOrEmpty
        $candidates[0].Badness | Should -Be (20000 + 10)
        $candidates[2].Exemption | Should -Be OomScoreAdj
    }

    It 'takes those of a group alone, with the limit that counts there' {
        $candidates = Get-OomCandidate system.slice/ssh.service -Root $tree -WarningAction SilentlyContinue -WarningVariable said

        $candidates.Id | Should -Be 9, 8
        $candidates[0].Total | Should -Be 512MB
        $candidates[0].BadnessPercent | Should -BeGreaterThan (Get-OomCandidate -Root $tree)[0].BadnessPercent
        $said | Should -Match 'It runs out when /system.slice does'
    }

    It 'takes groups from the pipeline, and -First of each' {
        $candidates = Get-CgroupMemory /system.slice/ssh.service -Root $tree | Get-OomCandidate -First 1 -Root $tree -WarningAction SilentlyContinue

        $candidates.Name | Should -Be large
    }

    It 'shows a table of at most 79 columns, and the same for objects of another session' {
        $lines = (Get-OomCandidate -Root $tree | Out-String -Width 200) -split "`n" | ForEach-Object TrimEnd
        $lines | Where-Object Length -GT 79 | Should -BeNullOrEmpty
        $lines -match 'large' | Should -Match '##########'

        $file = Join-Path $TestDrive candidates.xml
        Get-OomCandidate -Root $tree | Export-Clixml $file
        Import-Clixml $file | Out-String | Should -Match 'never: adj -1000'
    }

    It 'says which group is not there and goes on' {
        $candidates = Get-OomCandidate nowhere, system.slice/ssh.service -Root $tree -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable problem

        $problem.FullyQualifiedErrorId | Should -BeLike 'CgroupNotFound,*'
        $candidates.Count | Should -Be 2
    }

    It 'reads a captured machine, where init can never be chosen' {
        $candidates = Get-OomCandidate -Root $captured

        ($candidates | Where-Object Id -EQ 1).Rank | Should -BeNullOrEmpty
        $candidates[0].Rank | Should -Be 1
    }

    It 'agrees with the kernel about the order of this machine' {
        $scores = Get-OomCandidate | Where-Object { $_.Rank -and $_.OomScore } | Select-Object -First 5

        # Processes grow and end between two readings: neighbours may change places.
        $scores[0].OomScore | Should -BeGreaterOrEqual ($scores[-1].OomScore - 5)
    }
}
