#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $noLive = $env:LINUXMEMORY_LIVE -ne '1' -or (id -u) -ne 0
}

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
    $captured = Expand-Fixture '6.12.117+deb12-amd64-numa2'
}

AfterAll {
    Clear-Fixture
}

Describe 'Invoke-ProcessPageAdvice' {
    BeforeAll {
        $child = Open-Sleeper
    }

    AfterAll {
        $child | Stop-Process
    }

    It 'says what it would do, and does not' {
        Invoke-ProcessPageAdvice -Id $child.Id -Advice PageOut -WhatIf -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'tells how much took the advice, and use before and after' -Skip:$noLive {
        $result = Invoke-ProcessPageAdvice -Id $child.Id -Advice Cold -Kind Stack, Heap
        $result.Advised | Should -Be (Get-ProcessMemoryMap -Id $child.Id -Kind Stack, Heap | Measure-Object Size -Sum).Sum
        $result.RssAfter | Should -BeGreaterThan 0
        $result.Advice | Should -Be Cold
    }

    It 'takes mappings from the pipeline' -Skip:$noLive {
        $results = Get-ProcessMemoryMap -Id $child.Id -Kind Heap, Stack | Invoke-ProcessPageAdvice -Advice Cold
        $results.Count | Should -Be 2
        $results.Advised | Should -Be (Get-ProcessMemoryMap -Id $child.Id -Kind Heap, Stack).Size
    }

    It 'reclaims pages of files' -Skip:$noLive {
        # A big program of its own, whose pages nobody else uses at this moment.
        $result = Invoke-ProcessPageAdvice -Id $child.Id -Advice PageOut -Kind LibraryText, LibraryReadOnlyData
        $result.RssAfter | Should -BeLessOrEqual $result.RssBefore
        (Get-Process -Id $child.Id).HasExited | Should -BeFalse
    }

    It 'warns when nothing was chosen' {
        Invoke-ProcessPageAdvice -Id $child.Id -Advice Cold -Start 0x1000 -End 0x2000 -WhatIf -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*No mapping*'
    }

    It 'refuses <What> with <Id>' -ForEach @(
        @{ What = 'a kernel thread'; Arguments = @{ Id = 2; Advice = 'Cold'; Root = 'captured' }; Id = 'ProcessIsKernelThread' }
        @{ What = 'a captured machine'; Arguments = @{ Id = 1; Advice = 'Cold'; Root = 'captured' }; Id = 'RuntimeChangeNeedsLiveMachine' }
        @{ What = 'an empty stretch'; Arguments = @{ Id = $PID; Advice = 'Cold'; Start = 0x2000; End = 0x1000 }; Id = 'ParametersConflict' }
        @{ What = 'an id that no process has'; Arguments = @{ Id = 99999999; Advice = 'Cold' }; Id = 'ProcessNotFound' }
    ) {
        if ($Arguments.Root) { $Arguments.Root = $captured }
        Invoke-ProcessPageAdvice @Arguments -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
