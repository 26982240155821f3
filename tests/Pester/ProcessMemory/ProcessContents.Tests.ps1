#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $captured = Expand-Fixture '6.12.117+deb12-amd64-hugepages'
}

AfterAll {
    Clear-Fixture
}

Describe 'Read-ProcessMemory' {
    BeforeAll {
        $child = Open-Sleeper
        $map = Get-ProcessMemoryMap -Id $child.Id
        $text = $map | Where-Object Kind -EQ ReadOnlyData | Select-Object -First 1
    }

    AfterAll {
        $child | Stop-Process
    }

    It 'reads what the file holds' {
        $piece = Read-ProcessMemory -Id $child.Id -Address $text.Start -Length 64
        $piece.Bytes | Should -Be ([IO.File]::ReadAllBytes($text.Path)[0..63])
        $piece.Hex | Should -BeLike '7F454C46*'
    }

    It 'reads <What> whole, up to -MaxBytes' -ForEach @(
        @{ What = 'a mapping from the pipeline'; Read = { $text | Read-ProcessMemory } }
        @{ What = 'a mapping as an argument'; Read = { Read-ProcessMemory -InputObject $text } }
        @{ What = 'a mapping that went through CSV'; Read = { $text | Export-Csv $TestDrive/map.csv; Import-Csv $TestDrive/map.csv | Read-ProcessMemory } }
        @{ What = 'pages from the pipeline'; Read = { $text | Get-ProcessPage | Read-ProcessMemory } }
    ) {
        $pieces = & $Read
        ($pieces | Measure-Object Length -Sum).Sum | Should -Be $text.Size
        $pieces[0].Address | Should -Be $text.Start
        ($text | Read-ProcessMemory -MaxBytes 100 | Measure-Object Length -Sum).Sum | Should -Be 100
    }

    It 'shows rows as Format-Hex does' {
        $text | Read-ProcessMemory -MaxBytes 32 | Out-String -Width 80 | Should -Match '7F 45 4C 46 .*\.ELF'
    }

    It 'reads nothing for a length of 0 and takes sizes with units' {
        Read-ProcessMemory -Id $child.Id -Address 0x10 -Length 0 -ErrorAction Stop | Should -BeNullOrEmpty
        (Read-ProcessMemory $child.Id $text.Start 1KB).Length | Should -Be 1024
    }

    It 'reads text that this session keeps' {
        $secret = [guid]::NewGuid().ToString()
        $found = Find-ProcessMemory -Id $PID -Text $secret -Encoding Utf16 | Select-Object -First 1
        [Text.Encoding]::Unicode.GetString(($found | Read-ProcessMemory).Bytes) | Should -Be $secret
    }

    It 'refuses <What> with <Id>' -ForEach @(
        @{ What = 'a kernel thread'; Arguments = @{ Id = 2; Address = 0; Length = 1; Root = 'captured' }; Id = 'ProcessIsKernelThread' }
        @{ What = 'an address that nothing is mapped to'; Arguments = @{ Id = $PID; Address = 0x10; Length = 1 }; Id = 'MemoryNotReadable' }
        @{ What = 'terabytes'; Arguments = @{ Id = $PID; Address = 0x10; Length = 4TB }; Id = 'MemoryNotReadable' }
        @{ What = 'the last address'; Arguments = @{ Id = $PID; Address = [ulong]::MaxValue; Length = 1 }; Id = 'MemoryNotReadable' }
        @{ What = '[vsyscall]'; Arguments = @{ Id = $PID; Address = 0xffffffffff600000; Length = 1 }; Id = 'MemoryNotReadable' }
        @{ What = 'no address'; Arguments = @{ Id = $PID }; Id = 'ParametersMissing' }
        @{ What = 'an id that no process has'; Arguments = @{ Id = 99999999; Address = 0; Length = 1 }; Id = 'ProcessNotFound' }
    ) {
        if ($Arguments.Root) { $Arguments.Root = $captured }
        Read-ProcessMemory @Arguments -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}

Describe 'Find-ProcessMemory' {
    BeforeAll {
        $child = Open-Sleeper
        $elf = 0x7f, 0x45, 0x4c, 0x46
    }

    AfterAll {
        $child | Stop-Process
    }

    It 'finds the header of each program and library' {
        $found = Find-ProcessMemory -Id $child.Id -Bytes $elf -Kind ReadOnlyData, LibraryReadOnlyData, Vdso
        # An array has a member Address of its own.
        $found | ForEach-Object Address | Should -Contain (Get-ProcessMemoryMap -Id $child.Id -Kind Vdso).Start
        (Find-ProcessMemory $child.Id ELF).Count | Should -BeGreaterOrEqual $found.Count
    }

    It 'looks only at <What> when they are piped in' -ForEach @(
        @{ What = 'mappings'; From = { Get-ProcessMemoryMap -Id $child.Id -Kind Vdso } }
        @{ What = 'pages'; From = { Get-ProcessMemoryMap -Id $child.Id -Kind Vdso | Get-ProcessPage } }
        @{ What = 'mappings of another session'; From = { Get-ProcessMemoryMap -Id $child.Id -Kind Vdso | Export-Clixml $TestDrive/map.xml; Import-Clixml $TestDrive/map.xml } }
    ) {
        (& $From | Find-ProcessMemory -Bytes $elf).Address | Should -Be (Get-ProcessMemoryMap -Id $child.Id -Kind Vdso).Start
    }

    It 'takes processes by object and by name' {
        ($child | Find-ProcessMemory -Text ELF -Kind Vdso).ProcessId | Should -Be $child.Id
        (Find-ProcessMemory sleep ELF -Kind Vdso).ProcessId | Should -Contain $child.Id
    }

    It 'finds nothing twice and stops when enough was found' {
        $found = Find-ProcessMemory -Id $child.Id -Text ELF
        $found | ForEach-Object Address | Select-Object -Unique | Should -HaveCount $found.Count
        @(Find-ProcessMemory -Id $child.Id -Text ELF | Select-Object -First 1).Count | Should -Be 1
    }

    It 'refuses <What> with <Id>' -ForEach @(
        @{ What = 'a kernel thread'; Arguments = @{ Id = 2; Text = 'x'; Root = 'captured' }; Id = 'ProcessIsKernelThread' }
        @{ What = 'no choice'; Arguments = @{ Text = 'x' }; Id = 'InputObjectInvalid' }
        @{ What = 'an id that no process has'; Arguments = @{ Id = 99999999; Text = 'x' }; Id = 'ProcessNotFound' }
    ) {
        if ($Arguments.Root) { $Arguments.Root = $captured }
        Find-ProcessMemory @Arguments -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'ends where it is not told one thing to look for' {
        { Find-ProcessMemory -Id $PID } | Should -Throw -ErrorId 'ParametersMissing,*'
        { $child | Find-ProcessMemory ELF } | Should -Throw -ErrorId 'ParametersMissing,*' -ExpectedMessage '*-Text*pipe*'
        { Find-ProcessMemory -Id $PID -Text a -Bytes 1 } | Should -Throw -ErrorId 'ParametersConflict,*'
    }
}
