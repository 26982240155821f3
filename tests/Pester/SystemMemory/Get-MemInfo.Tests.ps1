#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $noFree = -not (Get-Command free -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
}

AfterAll {
    Clear-Fixture
}

Describe 'Get-MemInfo' {
    It 'gives one MemInfo with bytes as long' {
        $memory = Get-MemInfo

        $memory | Should -HaveCount 1
        $memory.PSObject.TypeNames[0] | Should -Be LinuxMemory.MemInfo
        $memory.MemTotal | Should -BeOfType long
        $memory.Total | Should -Be $memory.MemTotal
        $memory.Available | Should -Be $memory.MemAvailable
    }

    It 'agrees with free -b -w' -Skip:$noFree {
        # What moves between two readings of a busy machine is far below this.
        $tolerance = 512MB
        $rows = free -b -w
        $mem = [long[]]($rows[1] -split '\s+')[1..7]
        $swap = [long[]]($rows[2] -split '\s+')[1..3]
        $memory = Get-MemInfo

        $memory.MemTotal | Should -Be $mem[0]
        $memory.SwapTotal | Should -Be $swap[0]
        [Math]::Abs($memory.MemFree - $mem[2]) | Should -BeLessThan $tolerance
        [Math]::Abs($memory.Shmem - $mem[3]) | Should -BeLessThan $tolerance
        [Math]::Abs($memory.Buffers - $mem[4]) | Should -BeLessThan $tolerance
        [Math]::Abs($memory.BuffCache - $mem[4] - $mem[5]) | Should -BeLessThan $tolerance
        [Math]::Abs($memory.MemAvailable - $mem[6]) | Should -BeLessThan $tolerance
        [Math]::Abs($memory.SwapUsed - $swap[1]) | Should -BeLessThan $tolerance
    }

    It 'has every key of a captured machine, to the digit' {
        $root = Expand-Fixture '6.12.117+deb12-amd64-numa2'
        $memory = Get-MemInfo -Root $root
        foreach ($line in Get-Content $root/proc/meminfo) {
            $key, $number, $unit = $line -split ':?\s+'
            $property = ($key -split '[()_]' | ForEach-Object { $_ ? $_.Substring(0, 1).ToUpperInvariant() + $_.Substring(1) : '' }) -join ''
            $memory.$property | Should -Be ([long]$number * ($unit ? 1024 : 1)) -Because $key
        }
    }

    It 'shows a table that fits a terminal of 80 columns' {
        $lines = Get-MemInfo | Out-String -Width 80 -Stream
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines -join "`n" | Should -Match 'Total'
    }

    It 'survives a round trip through JSON and through serialization' {
        $memory = Get-MemInfo

        ($memory | ConvertTo-Json | ConvertFrom-Json).MemTotal | Should -Be $memory.MemTotal
        [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($memory)).MemAvailable |
            Should -Be $memory.MemAvailable
    }

    It 'takes the samples that were asked for, at their distance' {
        $samples = Get-MemInfo -SampleInterval 0.1 -MaxSamples 4

        $samples | Should -HaveCount 4
        ($samples[3].Time - $samples[0].Time).TotalSeconds | Should -BeGreaterThan 0.2
    }

    It 'hands each sample on at once, so that the pipeline can stop it' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Get-MemInfo -Continuous -SampleInterval 30 | Select-Object -First 1 | Should -HaveCount 1

        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
    }

    It 'says with an id that -Root is no directory' {
        $directory = Join-Path $TestDrive missing
        { Get-MemInfo -Root $directory } | Should -Throw -ErrorId 'RootInvalid,*'
    }

    It 'says so of a path that is none of a directory: <What>' -ForEach @(
        @{ What = 'another drive'; Path = 'Env:' }
        @{ What = 'a NUL'; Path = "/srv/a`0b" }
        @{ What = 'the proc of a machine'; Path = '/proc' }
    ) {
        { Get-MemInfo -Root $Path } | Should -Throw -ErrorId 'RootInvalid,*'
    }

    It 'names file and line of a garbled meminfo' {
        $root = Join-Path $TestDrive garbled
        $null = New-Item -ItemType Directory $root/proc
        Set-Content $root/proc/meminfo "MemTotal: 12 MB`n"

        $memory = Get-MemInfo -Root $root -ErrorVariable problem -ErrorAction SilentlyContinue

        $memory | Should -BeNullOrEmpty
        $problem | Should -HaveCount 1
        $problem[0].Exception.Message | Should -BeLike '*proc/meminfo:1:*'
    }
}
