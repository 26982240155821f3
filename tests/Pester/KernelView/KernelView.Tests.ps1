#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    function ConvertTo-Revived($Item) {
        [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($Item, 1))
    }
}

AfterAll {
    Clear-Fixture
}

Describe 'Views of objects from another session' {
    It 'show the devices of an IOMMU group' {
        $groups = Get-IommuGroup -Root (Expand-Fixture 6.12.117+deb12-amd64-iommu)

        ConvertTo-Revived $groups | Out-String -Width 79 | Should -Be ($groups | Out-String -Width 79)
    }

    It 'show the bar of a zone' {
        $zones = Get-MemoryZone -Root (Expand-Fixture 6.12.117+deb12-amd64-numa2)

        ConvertTo-Revived $zones | Out-String -Width 79 | Should -Be ($zones | Out-String -Width 79)
    }

    It 'show the settings and sizes of transparent huge pages' {
        $pages = Get-TransparentHugePage -Root (Expand-Fixture 6.12.117+deb12-amd64-numa2)

        ConvertTo-Revived $pages | Out-String -Width 79 | Should -Be ($pages | Out-String -Width 79)
    }

    It 'show the matrices of blocks and distances' {
        $root = Expand-Fixture 6.1.0-56-amd64-numa4-dist
        $blocks = Get-MemoryFragmentation -Matrix -Root $root
        $nodes = Get-NumaNode -Root $root

        ConvertTo-Revived $blocks | Out-String -Width 79 | Should -Be ($blocks | Out-String -Width 79)
        ConvertTo-Revived $nodes | Format-Table -View NumaDistance | Out-String | Should -Be ($nodes | Format-Table -View NumaDistance | Out-String)
    }
}

Describe 'Set-HugePagePool' {
    It 'takes pools from the pipeline, with and without a node, and changes nothing with -WhatIf' {
        $root = Expand-Fixture 6.12.117+deb12-amd64-hugepages

        Get-HugePagePool -Root $root | Where-Object PageSize -eq 2MB | Set-HugePagePool -Count 3 -Persist -WhatIf -Root $root

        "$root/etc/sysctl.d/90-linuxmemory.conf", "$root/etc/tmpfiles.d/linuxmemory.conf" | ForEach-Object { Test-Path $_ } | Should -Not -Contain $true
    }

    It 'does not ask for a count when -Overcommit is all' {
        { Set-HugePagePool -PageSize 2MB -Overcommit 4 -Persist -WhatIf -Root (Expand-Fixture 6.12.117+deb12-amd64-hugepages) -ErrorAction Stop } | Should -Not -Throw
    }

    It 'refuses a size that there is not' {
        Set-HugePagePool -PageSize 16MB -Count 1 -Persist -Root (Expand-Fixture 6.12.117+deb12-amd64-hugepages) -ErrorAction SilentlyContinue -ErrorVariable problem

        $problem[0].FullyQualifiedErrorId | Should -BeLike 'HugePageSizeUnavailable*'
    }
}

Describe 'Wait-MemoryPressure' {
    It 'takes durations as text, as numbers of seconds and as TimeSpan' {
        $root = Expand-Fixture 6.12.117+deb12-amd64-numa2
        foreach ($stall in '150ms', 0.15, ([timespan]'00:00:00.15')) {
            Wait-MemoryPressure $stall -Timeout 1s -Root $root -ErrorAction SilentlyContinue -ErrorVariable problem

            $problem[0].FullyQualifiedErrorId | Should -BeLike 'LiveMachineNeeded*'
        }
    }

    It 'takes <Text> unquoted, which PowerShell reads as a number' -Skip:(-not (Test-Path /proc/pressure/memory)) -TestCases @(
        @{ Text = '20s'; Microseconds = 20000000 }
        @{ Text = '1d'; Microseconds = 86400000000 }
        @{ Text = '20'; Microseconds = 20000000 }
    ) {
        # A window of more than ten seconds is refused with the number that came in.
        $problem = & ([scriptblock]::Create("Wait-MemoryPressure 1s -Window $Text -ErrorAction SilentlyContinue -ErrorVariable problem; `$problem"))

        "$problem" | Should -BeLike "*'some 1000000 $Microseconds'*"
    }

    It 'says what a duration looks like' {
        { Wait-MemoryPressure soon } | Should -Throw '*150ms*'
    }

    It 'ends at its timeout' -Skip:(-not (Test-Path /proc/pressure/memory)) {
        (Measure-Command { Wait-MemoryPressure 2s -Timeout 0.3 -ErrorAction SilentlyContinue }).TotalSeconds | Should -BeLessThan 5
    }
}

Describe 'Completion' {
    It 'offers <Expected> for <Line>' -TestCases @(
        @{ Line = 'Set-HugePagePool -PageSize '; Expected = '2MB' }
        @{ Line = 'Invoke-MemoryCompaction -Node '; Expected = '1' }
        @{ Line = 'Set-HugePagePool -Node '; Expected = '1' }
    ) {
        $line = "$($Line -replace '^(\S+)', "`$1 -Root $(Expand-Fixture 6.12.117+deb12-amd64-hugepages)")"

        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain $Expected
    }
}
