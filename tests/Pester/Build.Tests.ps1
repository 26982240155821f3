#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'build.ps1 from a shell' {
    BeforeEach {
        $null = New-Item -ItemType Directory TestDrive:/docs, TestDrive:/bin -Force
        Copy-Item $PSScriptRoot/../../build.ps1 TestDrive:/
        Set-Content TestDrive:/docs/Build-Help.ps1 "'helped'"
        $pwsh = (Get-Process -Id $PID).Path
    }

    It 'takes several tasks: <_>' -ForEach '-Task Clean,Help', '-Task Clean, Help', 'Clean,Help', 'clean Help', '-Task Clean, Help -Configuration Release' {
        $said = & $pwsh -NoProfile -NonInteractive -File $TestDrive/build.ps1 @($_ -split ' ') 2>&1

        $said | Should -Be 'helped'
        Test-Path TestDrive:/bin | Should -BeFalse
    }

    It 'does nothing when one of them is unknown: <_>' -ForEach 'Clean,Halp', 'Clean, Halp', 'Halp', ',' {
        $said = & $pwsh -NoProfile -NonInteractive -File $TestDrive/build.ps1 -Task @($_ -split ' ') 2>&1

        $LASTEXITCODE | Should -Be 1
        "$said" | Should -Match 'There is no task'
        Test-Path TestDrive:/bin | Should -BeTrue
    }
}
