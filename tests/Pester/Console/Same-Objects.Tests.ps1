#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $console = Get-ChildItem $PSScriptRoot/../../../src/LinuxMemory.Console/bin/*/net10.0/linuxmemory -ErrorAction Ignore |
        Sort-Object LastWriteTime | Select-Object -Last 1
    $runs = foreach ($machine in '6.12.117+deb12-amd64-numa2', '6.1.0-50-686-uma', '6.12.117+deb12-amd64-hugepages') {
        'Get-MemInfo', 'Get-ProcessMemory', 'Get-ProcessMemoryMap', 'Get-MemoryCapability', 'Get-MemoryZone', 'Get-SlabCache', 'Get-VmCounter', 'Get-HugePagePool' |
            ForEach-Object { @{ Name = $_; Machine = $machine; Console = $console } }
    }
}

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1

    # The value as the Console writes it in JSON: enums as words, times in ISO 8601, durations as text.
    function ConvertTo-JsonValue($Value) {
        if ($null -eq $Value) { return $null }
        if ($Value -is [enum]) { return "$Value" }
        if ($Value -is [DateTimeOffset]) { return $Value.ToUniversalTime().ToString('o') }
        if ($Value -is [TimeSpan]) { return $Value.ToString('c') }
        if ($Value -is [string] -or $Value -is [ValueType]) { return $Value }
        if ($Value -is [Collections.IDictionary]) { return $Value.GetEnumerator() | Sort-Object Key | ForEach-Object { "$($_.Key)=$(ConvertTo-JsonValue $_.Value)" } }
        if ($Value -is [Collections.IEnumerable]) { return @($Value | ForEach-Object { ConvertTo-JsonValue $_ }) }
        return $Value | ConvertTo-Json -Compress -EnumsAsStrings
    }
}

AfterAll {
    Clear-Fixture
}

Describe 'The Console and the module' -Skip:($null -eq $console) {
    It 'give the same objects: <Name> on <Machine>' -ForEach $runs {
        $root = Expand-Fixture $Machine
        $lines = @(& $Console.FullName $Name -Root $root -As Json 2>$null)
        $objects = @(& $Name -Root $root -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)

        $objects.Count | Should -BeGreaterThan 0
        $lines | Should -HaveCount $objects.Count
        for ($i = 0; $i -lt $objects.Count; $i++) {
            $said = $lines[$i] | ConvertFrom-Json -AsHashtable -DateKind Offset
            foreach ($property in $objects[$i].PSObject.Properties.Where{ $_.MemberType -eq 'Property' }) {
                $said.Contains($property.Name) | Should -BeTrue -Because "$($property.Name) is public"
                $theirs = ConvertTo-JsonValue $said[$property.Name]
                $ours = ConvertTo-JsonValue $property.Value
                "$theirs" | Should -BeExactly "$ours" -Because "$($property.Name) of object $i"
            }
        }
    }
}
