#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
}

Describe 'Resolve-VirtualAddress' {
    BeforeAll {
        $child = Open-Sleeper
    }

    AfterAll {
        $child | Stop-Process
    }

    It 'takes numbers apart as the processor does' {
        (Resolve-VirtualAddress 0xC0A81234 -Levels 2).Indexes.PGD | Should -Be 770
        $four = Resolve-VirtualAddress 0x7f2ffce60123 -Levels 4
        $four.Indexes.PGD, $four.Indexes.PUD, $four.Indexes.PMD, $four.Indexes.PTE, $four.Indexes.Offset | Should -Be 254, 191, 487, 96, 291
        $four.Access | Should -Be NoProcess
        (Resolve-VirtualAddress 0x7f2ffce60123 -Levels 4 -PageSize 1GB).Indexes.PMD | Should -BeNullOrEmpty
        (Resolve-VirtualAddress 0xffff12345678 -PageSize 64KB -IndexBits 6, 13, 13).Indexes.PGD | Should -Be 63
    }

    It 'takes the addresses that PowerShell makes negative numbers of' {
        (Resolve-VirtualAddress 0xffffffffff600000 -Levels 4).Address | Should -Be ([ulong]::MaxValue - 0x9fffff)
        (Resolve-VirtualAddress ([ulong]::MaxValue) -Levels 4).IsCanonical | Should -BeTrue
        (Resolve-VirtualAddress 0x800000000000 -Levels 4).IsCanonical | Should -BeFalse
    }

    It 'finds the mapping and the page behind an address of a process' {
        $stack = Get-ProcessMemoryMap -Id $child.Id -Kind Stack
        $found = Resolve-VirtualAddress -Id $child.Id -Address ($stack.End - 8), 0x10 -WarningAction SilentlyContinue
        $found[0].Mapping.Kind | Should -Be Stack
        $found[0].State | Should -Be Present
        $found[1].Mapping | Should -BeNullOrEmpty
        $found[1].State | Should -Be NotMapped
    }

    It 'knows frame, flags, zone and node as root' -Skip:((id -u) -ne 0) {
        $stack = Get-ProcessMemoryMap -Id $child.Id -Kind Stack
        $found = Resolve-VirtualAddress -Id $child.Id -Address ($stack.End - 8)
        $found.Access | Should -Be Full
        $found.PhysicalAddress | Should -Be ($found.FrameNumber * 4096 + (($stack.End - 8) % 4096))
        $found.FrameFlags | Should -Contain ANON
        $found.MapCount | Should -Be 1
        $found.Zone | Should -Not -BeNullOrEmpty
    }

    It 'takes pages and places from the pipeline' {
        $pages = Get-ProcessPage -Id $child.Id | Select-Object -First 2
        $found = $pages | ForEach-Object { $_ | Resolve-VirtualAddress -Address $_.Start -WarningAction SilentlyContinue }
        $found.ProcessId | Select-Object -Unique | Should -Be $child.Id
        (Find-ProcessMemory -Id $child.Id -Bytes 0x7f, 0x45, 0x4c, 0x46 | Select-Object -First 1 | Resolve-VirtualAddress -WarningAction SilentlyContinue).Mapping | Should -Not -BeNullOrEmpty
    }

    It 'keeps the mapping readable in CSV files' {
        Resolve-VirtualAddress -Id $child.Id -Address (Get-ProcessMemoryMap -Id $child.Id -Kind Text).Start -WarningAction SilentlyContinue | Export-Csv $TestDrive/address.csv
        (Import-Csv $TestDrive/address.csv).Mapping | Should -BeLike '*-* r-xp */sleep'
    }

    It 'refuses <What> with <Id>' -ForEach @(
        @{ What = 'pages that no machine has'; Arguments = @{ Address = 0; PageSize = 3000 }; Id = 'AddressFormatInvalid' }
        @{ What = '64 KiB pages in four levels'; Arguments = @{ Address = 0; PageSize = 64KB; Levels = 4 }; Id = 'AddressFormatInvalid' }
        @{ What = 'an id that no process has'; Arguments = @{ Id = 99999999; Address = 0 }; Id = 'ProcessNotFound' }
    ) {
        Resolve-VirtualAddress @Arguments -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'never takes an id without its name for an address' {
        { Resolve-VirtualAddress $child.Id 0x1000 } | Should -Throw -ErrorId 'ParametersConflict,*' -ExpectedMessage '*-Id*0x1000*'
        (Resolve-VirtualAddress -Id $child.Id 0x1000).ProcessId | Should -Be $child.Id
        ($child | Resolve-VirtualAddress 0x1000).ProcessId | Should -Be $child.Id
    }

    It 'says what a wrong address should look like' {
        { Resolve-VirtualAddress 7f2ffce60000 -Levels 4 } | Should -Throw '*0x7f2ffce60000*'
    }
}
