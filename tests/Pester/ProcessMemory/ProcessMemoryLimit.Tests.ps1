#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $noNamespace = -not (Get-Command unshare -ErrorAction Ignore) -or "$(unshare --pid --fork echo made 2>&1)" -ne 'made'
    $noLive = $env:LINUXMEMORY_LIVE -ne '1' -or (id -u) -ne 0
}

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $captured = Expand-Fixture '6.12.117+deb12-amd64-numa2'
}

AfterAll {
    Clear-Fixture
}

Describe 'Get-ProcessMemoryLimit' {
    It 'shows the limits of a captured process, null where there is none' {
        $limits = Get-ProcessMemoryLimit -Id 1 -Root $captured
        $limits.Resource | Should -Be Data, Stack, Core, Rss, Locked, AddressSpace, MessageQueue
        ($limits | Where-Object Resource -EQ Stack).Soft | Should -Be 8MB
        ($limits | Where-Object Resource -EQ Stack).Hard | Should -BeNullOrEmpty
        ($limits | Where-Object Resource -EQ Core).Soft | Should -Be 0
    }

    It 'agrees with prlimit' -Skip:(-not (Get-Command prlimit -ErrorAction Ignore)) {
        $ours = Get-ProcessMemoryLimit -Id $PID
        foreach ($pair in @{ Data = '--data'; Stack = '--stack'; Locked = '--memlock'; AddressSpace = '--as'; Core = '--core' }.GetEnumerator()) {
            $soft, $hard = -split (prlimit --pid $PID $pair.Value --raw --noheadings --output SOFT,HARD) | ForEach-Object { $_ -eq 'unlimited' ? $null : [long]$_ }
            ($ours | Where-Object Resource -EQ $pair.Key).Soft | Should -Be $soft
            ($ours | Where-Object Resource -EQ $pair.Key).Hard | Should -Be $hard
        }
    }

    It 'shows use and headroom' {
        $space = Get-ProcessMemoryLimit -Id $PID -Resource AddressSpace
        $space.InUse | Should -BeGreaterThan 100MB
        $stack = Get-ProcessMemoryLimit -Id $PID -Resource Stack
        $stack.Headroom | Should -Be ($null -eq $stack.Soft ? $null : $stack.Soft - $stack.InUse)
    }

    It 'refuses <What> with <Id>' -ForEach @(
        @{ What = 'a kernel thread'; Arguments = @{ Id = 2; Root = 'captured' }; Id = 'ProcessIsKernelThread' }
        @{ What = 'an id that no process has'; Arguments = @{ Id = 99999999 }; Id = 'ProcessNotFound' }
    ) {
        if ($Arguments.Root) { $Arguments.Root = $captured }
        Get-ProcessMemoryLimit @Arguments -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}

Describe 'Set-ProcessMemoryLimit' {
    BeforeAll {
        $child = Open-Sleeper
    }

    AfterAll {
        $child | Stop-Process
    }

    It 'says what it would do, and does not' {
        $before = (Get-ProcessMemoryLimit -Id $child.Id -Resource Core).Soft
        Set-ProcessMemoryLimit -Id $child.Id -Resource Core -Soft 1MB -WhatIf -ErrorAction Stop
        (Get-ProcessMemoryLimit -Id $child.Id -Resource Core).Soft | Should -Be $before
    }

    It 'takes no id of a /proc that shows another PID namespace' -Skip:$noNamespace {
        unshare --pid --fork (Get-Process -Id $PID).Path -NoProfile -NonInteractive -c "Import-Module '$ManifestPath'; Set-ProcessMemoryLimit -Id 1 Core -Soft 4096 -WhatIf" 2>&1 |
            Out-String | Should -BeLike '*PID namespace*'
    }

    It 'sets a limit, reads it back and takes it back' -Skip:$noLive {
        $before = (Get-ProcessMemoryLimit -Id $child.Id -Resource Stack).Soft
        $change = $child | Set-ProcessMemoryLimit -Resource Stack -Soft 4MB -PassThru
        $change.NewValue | Should -BeLike '4194304:*'
        (Get-ProcessMemoryLimit -Id $child.Id -Resource Stack).Soft | Should -Be 4MB
        Undo-MemoryChange -Id $change.Id
        (Get-ProcessMemoryLimit -Id $child.Id -Resource Stack).Soft | Should -Be $before
    }

    It 'takes the word unlimited' -Skip:$noLive {
        (Get-ProcessMemoryLimit -Id $child.Id -Resource Data).Hard | Should -BeNullOrEmpty
        Set-ProcessMemoryLimit $child.Id Data -Soft 1GB
        (Set-ProcessMemoryLimit $child.Id Data -Soft unlimited -PassThru).NewValue | Should -Be unlimited:unlimited
        (Get-ProcessMemoryLimit -Id $child.Id -Resource Data).Soft | Should -BeNullOrEmpty
    }

    It 'refuses <What> with <Id>' -ForEach @(
        @{ What = 'a kernel thread'; Arguments = @{ Id = 2; Resource = 'Core'; Soft = 0; Root = 'captured' }; Id = 'ProcessIsKernelThread' }
        @{ What = 'no limit at all'; Arguments = @{ Id = $PID; Resource = 'Core' }; Id = 'ParametersMissing' }
        @{ What = 'a soft limit above the hard one'; Arguments = @{ Id = $PID; Resource = 'Core'; Soft = 2MB; Hard = 1MB }; Id = 'KernelRefused' }
        @{ What = 'an id that no process has'; Arguments = @{ Id = 99999999; Resource = 'Core'; Soft = 1 }; Id = 'ProcessNotFound' }
    ) {
        if ($Arguments.Root) { $Arguments.Root = $captured }
        Set-ProcessMemoryLimit @Arguments -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
