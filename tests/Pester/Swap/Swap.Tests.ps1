#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $noLive = $env:LINUXMEMORY_LIVE -ne '1' -or (id -u) -ne 0
}

BeforeAll {
    . $PSScriptRoot/../Import-TestedModule.ps1
}

AfterAll {
    Clear-Fixture
}

Describe 'Get-SwapArea' {
    It 'gives sizes that compare and sum as numbers' {
        $areas = Get-SwapArea -Root (Expand-Fixture 6.12.117+deb12-amd64-swap)

        ($areas | Measure-Object Size -Sum).Sum | Should -Be (65532KB + 49128KB + 65532KB)
        ($areas | Where-Object Kind -EQ Zram).Priority | Should -Be 100
    }

    It 'takes paths from the pipeline and wildcards' {
        $root = Expand-Fixture 6.12.117+deb12-amd64-swap
        ('/dev/*' | Get-SwapArea -Root $root).Path | Should -Be '/dev/vdc', '/dev/zram0'
        (Get-SwapArea -Root $root | Get-SwapArea -Root $root).Path | Should -Be '/dev/vdc', '/mnt/swap file', '/dev/zram0'
    }

    It 'says that there is no such area' {
        Get-SwapArea /nowhere -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -BeLike 'SwapAreaNotFound,*'
    }
}

Describe 'A swap file' -Skip:$noLive {
    BeforeAll {
        $folder = New-Item -ItemType Directory "$TestDrive/swap"
        $path = "$folder/area"
        $fstab = if (Test-Path /etc/fstab) { [IO.File]::ReadAllText('/etc/fstab') }
    }

    It 'is made, resized, relabelled, disabled, enabled and removed, and fstab is as before' {
        New-SwapFile $path 16MB -Priority 3 -Persist -ErrorVariable problem -ErrorAction SilentlyContinue | Out-Null
        if ($problem -and $problem.FullyQualifiedErrorId -like 'SwapPlaceUnsuitable,*') {
            Set-ItResult -Skipped -Because 'the test drive cannot hold a swap file'
            return
        }
        $area = Get-SwapArea $path
        $area.IsActive, $area.Size, $area.Priority | Should -Be $true, (16MB - 4KB), 3
        $area.PersistedBy | Should -BeLike '*fstab:*'

        (Resize-SwapFile $path 24MB).Size | Should -Be (24MB - 4KB)
        $change = Set-SwapArea $path -Label 1234 -Priority 4 -PassThru
        $change.NewValue | Should -BeLike "*label '1234', in use with priority 4"
        $change | Undo-MemoryChange -Confirm:$false
        (Get-SwapArea $path).Priority | Should -Be 3
        Get-SwapArea $path | Disable-SwapArea -Confirm:$false
        (Get-SwapArea $path).IsActive | Should -BeFalse
        Enable-SwapArea $path
        (Get-SwapArea $path).IsActive | Should -BeTrue
        Get-SwapArea $path | Remove-SwapFile -Confirm:$false

        Get-ChildItem -Force $folder | Should -BeNullOrEmpty
        if ($null -ne $fstab) {
            [IO.File]::ReadAllText('/etc/fstab') | Should -Be $fstab
        }
    }

    It 'is not even begun with -WhatIf' {
        New-SwapFile $path 16MB -WhatIf
        Get-ChildItem -Force $folder | Should -BeNullOrEmpty
    }
}
