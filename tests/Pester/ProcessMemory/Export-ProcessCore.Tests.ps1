#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $captured = Expand-Fixture '6.12.117+deb12-amd64-hugepages'
}

AfterAll {
    Clear-Fixture
}

Describe 'Export-ProcessCore' {
    BeforeAll {
        $child = Start-Process sleep 600 -PassThru
        Start-Sleep -Milliseconds 300
    }

    AfterAll {
        $child | Stop-Process
    }

    It 'writes a core for its owner alone that gdb opens, and the process runs on' -Skip:(-not (Get-Command gdb -ErrorAction Ignore)) {
        $core = Export-ProcessCore -Id $child.Id -Path $TestDrive/core
        $core.Threads | Should -Be 1
        (Get-Item $core.Path).UnixFileMode | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')
        (Get-Item $core.Path).Length | Should -Be $core.Size
        $calls = gdb -nx -batch -ex bt (Get-Process -Id $child.Id).Path $core.Path 2>&1 | Out-String
        $calls | Should -BeLike '*#0 *nanosleep*'
        $calls | Should -Not -BeLike '*too small*'
        Get-Content "/proc/$($child.Id)/status" | Should -Contain "TracerPid:`t0"
    }

    It 'leaves a child of the session to the session' {
        $own = Start-Process sleep 600 -PassThru
        $null = $own | Export-ProcessCore -Path $TestDrive/own -Kind Stack -Freeze
        $own.HasExited | Should -BeFalse
        $own | Stop-Process
        $own.WaitForExit(60000) | Should -BeTrue
        $own.ExitCode | Should -Be 137
    }

    It 'puts id and name into the path' {
        $core = $child | Export-ProcessCore -Path "$TestDrive/{name}-{id}.core" -Kind Stack
        $core.Path | Should -Be "$TestDrive/sleep-$($child.Id).core"
        $core | Out-String -Width 80 | Should -BeLike "*$($child.Id)*sleep*"
    }

    It 'does not let the name of a program choose the directory or steer the terminal' {
        $null = New-Item -ItemType Directory $TestDrive/one/two
        $program = "/tmp/..\..\a$([char] 27)[2J"
        [IO.File]::Copy((Get-Command sleep).Source, $program)
        try {
            $hostile = [Diagnostics.Process]::Start($program, '600')
            Start-Sleep -Milliseconds 300
            (Export-ProcessCore -Id $hostile.Id -Path "$TestDrive/one/two/{name}" -Kind Stack).Path | Should -Be "$TestDrive/one/two/_._.._a_[2J"
            Read-ProcessMemory -Id $hostile.Id 0x10 1 -ErrorVariable failure -ErrorAction SilentlyContinue
            "$failure" | Should -BeLike '*a`?`[2J*'
        }
        finally {
            $hostile | Stop-Process
            [IO.File]::Delete($program)
        }
    }

    It 'writes into the current directory' {
        Push-Location $TestDrive
        try {
            (Export-ProcessCore -Id $child.Id -Path here.core -Kind Stack -Freeze).IsFrozen | Should -BeTrue
            Test-Path $TestDrive/here.core | Should -BeTrue
        }
        finally {
            Pop-Location
        }
    }

    It 'says what it would do, and does not' {
        Export-ProcessCore -Id $child.Id -Path $TestDrive/never -WhatIf -ErrorAction Stop | Should -BeNullOrEmpty
        & { $WhatIfPreference = $true; Export-ProcessCore -Id $child.Id -Path $TestDrive/never -ErrorAction Stop }
        Test-Path $TestDrive/never | Should -BeFalse
    }

    It 'never replaces a file' {
        Set-Content $TestDrive/mine 'mine'
        foreach ($forecast in $true, $false) {
            Export-ProcessCore -Id $child.Id -Path $TestDrive/mine -WhatIf:$forecast -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'KernelRefused,*'
            $failure[0].CategoryInfo.Category | Should -Be ResourceExists
        }
        Get-Content $TestDrive/mine | Should -Be mine
    }

    It 'refuses <What> with <Id>' -ForEach @(
        @{ What = 'this session'; Arguments = @{ Id = $PID; Path = '/tmp/never' }; Id = 'ProcessIsOwn' }
        @{ What = 'a kernel thread'; Arguments = @{ Id = 2; Path = '/tmp/never'; Root = 'captured' }; Id = 'ProcessIsKernelThread' }
        @{ What = 'a folder that is not there'; Arguments = @{ Id = 'child'; Path = '/no/such/folder/core' }; Id = 'KernelFileAbsent' }
        @{ What = 'a captured machine'; Arguments = @{ Id = 1; Path = '/tmp/never'; Root = 'captured' }; Id = 'LiveMachineNeeded' }
        @{ What = 'an id that no process has'; Arguments = @{ Id = 99999999; Path = '/tmp/never' }; Id = 'ProcessNotFound' }
    ) {
        if ($Arguments.Id -eq 'child') { $Arguments.Id = $child.Id }
        if ($Arguments.Root) { $Arguments.Root = $captured }
        Export-ProcessCore @Arguments -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'says that a path behind a pipe needs its name' {
        { $child | Export-ProcessCore $TestDrive/unnamed } | Should -Throw -ErrorId 'ParametersMissing,*' -ExpectedMessage '*-Path*pipe*'
    }
}
