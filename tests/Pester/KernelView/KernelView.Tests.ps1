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

Describe 'Objects from another session' {
    It 'keep what is in an object: <Command>' -ForEach @(
        @{ Command = 'Get-OomEvent'; Arguments = @{}; Fixture = '6.12.117+deb12-amd64-cgroup2-oom' }
        @{ Command = 'Get-ProcessMemoryLayout'; Arguments = @{}; Fixture = '6.12.117+deb12-amd64-numa2' }
        @{ Command = 'Resolve-VirtualAddress'; Arguments = @{ Address = 0x4c5000; Levels = 4; PageSize = 4096 }; Fixture = '6.12.117+deb12-amd64-numa2' }
    ) {
        $items = & $Command @Arguments -Root (Expand-Fixture $Fixture)

        $items | Should -Not -BeNullOrEmpty
        $items | ForEach-Object { ConvertTo-Revived $_ } | Out-String -Width 79 | Should -Be ($items | Out-String -Width 79)
    }

    It 'have depth wherever there is an object of the module in them' {
        $flat = foreach ($type in (Get-Command -Module LinuxMemory).OutputType.Type | Sort-Object FullName -Unique) {
            $inner = $type.GetProperties().PropertyType | ForEach-Object { $_.GenericTypeArguments; $_.GetElementType(); $_ }
            if ($inner.Where({ $_.FullName -like 'LinuxMemory.*' -and -not $_.IsEnum }) -and -not (Get-TypeData $type.FullName).SerializationDepth) {
                $type.Name
            }
        }

        $flat | Should -BeNullOrEmpty
    }

    It 'bring their own cgroup and resource to the next command' {
        $root = Expand-Fixture 6.12.117+deb12-amd64-cgroup2-oom

        (Get-CgroupMemory app.slice -Root $root | Get-MemoryPressure -Root $root).Scope | Should -Be /app.slice
        { Get-ProcessMemoryLimit -Id $PID -Resource Locked, Core | Set-ProcessMemoryLimit -Soft 0 -WhatIf -ErrorAction Stop } | Should -Not -Throw
    }

    It 'are no processes when their id is another number' {
        $root = Expand-Fixture 6.12.117+deb12-amd64-numa2

        Get-NumaNode -Root $root | ForEach-Object { ConvertTo-Revived $_ } | Get-ProcessMemory -Root $root -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -BeLike 'InputObjectInvalid,*'
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

    It 'takes an empty node of a CSV file for the machine' {
        $root = Expand-Fixture 6.12.117+deb12-amd64-hugepages
        Get-HugePagePool -Root $root | Where-Object { $null -eq $_.Node -and $_.PageSize -eq 2MB } | ConvertTo-Csv | ConvertFrom-Csv | Set-HugePagePool -Count 3 -Persist -Root $root -Confirm:$false

        "$root/etc/sysctl.d/90-linuxmemory.conf" | Should -FileContentMatch 'vm.nr_hugepages = 3'
        "$root/etc/tmpfiles.d/linuxmemory.conf" | Should -Not -Exist
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
