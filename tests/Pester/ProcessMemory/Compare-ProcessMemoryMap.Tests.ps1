#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
}

Describe 'Compare-ProcessMemoryMap' {
    BeforeAll {
        $child = Open-Sleeper
    }

    AfterAll {
        $child | Stop-Process
    }

    It 'finds nothing between two readings of a process at rest that went through <Way>' -ForEach @(
        @{ Way = 'nothing'; Through = { $input } }
        @{ Way = 'CLIXML'; Through = { $input | Export-Clixml $file; Import-Clixml $file } }
        @{ Way = 'JSON'; Through = { $input | ConvertTo-Json -Compress | Set-Content $file; Get-Content $file | ConvertFrom-Json } }
        @{ Way = 'CSV'; Through = { $input | Export-Csv $file; Import-Csv $file } }
    ) {
        $file = Join-Path $TestDrive mappings
        $before = Get-ProcessMemoryMap -Id $child.Id | & $Through
        @($before).Count | Should -BeGreaterThan 10
        $differences = Compare-ProcessMemoryMap -Reference $before -Difference (Get-ProcessMemoryMap -Id $child.Id)
        # Pages of libraries may come and go with other processes; mappings do not.
        $differences | Where-Object { $_.SizeChange -ne 0 } | Should -BeNullOrEmpty
    }

    It 'takes the second list from the pipeline' {
        $before = Get-ProcessMemoryMap -Id $child.Id -Fast
        Get-ProcessMemoryMap -Id $child.Id -Fast | Compare-ProcessMemoryMap $before | Should -BeNullOrEmpty
    }

    It 'shows memory that this process takes' {
        $before = Get-ProcessMemoryMap -Id $PID
        $taken = [byte[]]::new(64MB)
        [array]::Fill($taken, [byte]1)
        $grown = Compare-ProcessMemoryMap $before (Get-ProcessMemoryMap -Id $PID) | Where-Object Change -in Added, Grown
        ($grown | Measure-Object RssChange -Sum).Sum | Should -BeGreaterThan 60MB
        $taken.Length | Should -Be 64MB
    }

    It 'matches two processes of one program although no address is the same' {
        $other = Open-Sleeper
        try {
            $differences = Compare-ProcessMemoryMap (Get-ProcessMemoryMap -Id $child.Id) (Get-ProcessMemoryMap -Id $other.Id)
            $differences | Where-Object Change -in Added, Removed | Should -BeNullOrEmpty
        }
        finally {
            $other | Stop-Process
        }
    }

    It 'ends at what is no mapping, in place of a list without it: <Name>' -ForEach @(
        @{ Name = 'a text as reference'; Compare = { Compare-ProcessMemoryMap 'x' $args[0] } }
        @{ Name = 'a process as reference'; Compare = { Compare-ProcessMemoryMap (Get-Process -Id $PID) $args[0] } }
        @{ Name = 'a text in the pipeline'; Compare = { $args[0] + 'x' | Compare-ProcessMemoryMap $args[0] } }
        @{ Name = 'the reference forgotten'; Compare = { $args[0] | Compare-ProcessMemoryMap -Reference 'before' } }
    ) {
        $maps = @(Get-ProcessMemoryMap -Id $child.Id -Fast)
        $found = [System.Collections.ArrayList]::new()
        { & $Compare $maps -OutVariable found } | Should -Throw -ErrorId 'InputObjectInvalid,*' -ExpectedMessage '*expected mappings*found*'
        $found | Should -BeNullOrEmpty
    }
}
