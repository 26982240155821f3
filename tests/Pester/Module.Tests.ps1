#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    . $PSScriptRoot/Import-TestedModule.ps1
    $cmdlets = (Get-Module LinuxMemory).ExportedCmdlets.Keys | Sort-Object | ForEach-Object { @{ Name = $_ } }
    # A gate in dotnet test says which cmdlets may still lack their page; here the pages that are there are held against Get-Help.
    $documented = $cmdlets | Where-Object { Test-Path "$CheckoutRoot/docs/cmdlets/$($_.Name).md" }
}

BeforeAll {
    . $PSScriptRoot/Import-TestedModule.ps1
}

Describe 'The module' {
    It 'has a valid manifest' {
        $manifest = Test-ModuleManifest $ManifestPath

        $manifest.Name | Should -Be LinuxMemory
        $manifest.Description | Should -Not -BeNullOrEmpty
        $manifest.Tags | Should -Contain Linux
        $manifest.LicenseUri | Should -Not -BeNullOrEmpty
        $manifest.ProjectUri | Should -Not -BeNullOrEmpty
    }

    It 'exports exactly what the manifest lists' {
        $listed = Import-PowerShellDataFile $ManifestPath
        $module = Get-Module LinuxMemory

        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be ($listed.CmdletsToExport | Sort-Object)
        $module.ExportedAliases.Keys | Sort-Object | Should -Be ($listed.AliasesToExport | Sort-Object)
        $module.ExportedFunctions.Keys | Should -BeNullOrEmpty
        $module.ExportedVariables.Keys | Should -BeNullOrEmpty
    }

    It 'lists every cmdlet that its assembly has' {
        $assembly = [Reflection.Assembly]::LoadFrom((Join-Path $ModulePath bin/LinuxMemory.dll))
        $made = foreach ($type in $assembly.GetExportedTypes()) {
            foreach ($attribute in $type.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)) {
                "$($attribute.VerbName)-$($attribute.NounName)"
            }
        }

        $made | Sort-Object | Should -Be ((Get-Module LinuxMemory).ExportedCmdlets.Keys | Sort-Object)
    }

    It 'brings no assembly but its own two' {
        $folder = Join-Path $ModulePath bin
        (Get-ChildItem $folder -Filter *.dll).Name | Sort-Object | Should -Be 'LinuxMemory.Core.dll', 'LinuxMemory.dll'
    }

    It 'gives lists that can be indexed' {
        # What C# makes of a collection expression for a read-only list has no indexer that PowerShell finds.
        $found = @(
            Get-MemorySetting transparent_hugepage.enabled -Root (Expand-Fixture 6.12.117+deb12-amd64-swap) | ForEach-Object { , $_.Allowed }
            Get-ZramDevice -Root (Expand-Fixture 6.12.117+deb12-amd64-swap) | Select-Object -First 1 | ForEach-Object { , $_.Algorithms }
            Get-IommuGroup -Root (Expand-Fixture 6.12.117+deb12-amd64-iommu) | Where-Object { @($_.Devices | Write-Output).Count -gt 1 } | Select-Object -First 1 | ForEach-Object { , $_.Devices }
        )

        $found.Count | Should -Be 3
        foreach ($list in $found) {
            @($list[0]).Count | Should -Be 1
        }
        Clear-Fixture
    }

    It 'can be imported again after it was removed' {
        Remove-Module LinuxMemory
        Import-Module $ManifestPath

        (Get-MemInfo).MemTotal | Should -BeGreaterThan 0
    }

    It 'works in parallel runspaces' {
        $totals = 1..8 | ForEach-Object -Parallel {
            Import-Module $using:ManifestPath
            1..20 | ForEach-Object { (Get-MemInfo).MemTotal }
        } -ThrottleLimit 4

        $totals | Should -HaveCount 160
        $totals | Select-Object -Unique | Should -Be (Get-MemInfo).MemTotal
    }

    It 'works from a folder that was copied elsewhere' {
        $copy = New-Item -ItemType Directory (Join-Path $TestDrive 'a folder/LinuxMemory') -Force
        Copy-Item $ManifestPath, (Join-Path $ModulePath bin) $copy -Recurse

        $total = pwsh -NoProfile -NonInteractive -c "Import-Module '$copy'; (Get-MemInfo).MemTotal"

        [long]$total | Should -Be (Get-MemInfo).MemTotal
    }

    It 'is found by name on the module path' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive path/LinuxMemory) -Force
        Copy-Item $ManifestPath, (Join-Path $ModulePath bin) $folder -Recurse

        $total = pwsh -NoProfile -NonInteractive -c "`$env:PSModulePath = '$TestDrive/path'; (Get-MemInfo).MemTotal"

        [long]$total | Should -Be (Get-MemInfo).MemTotal
    }
}

Describe 'The help of <Name>' -ForEach $documented {
    BeforeAll {
        $help = Get-Help $Name -Full
    }

    It 'has a synopsis' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        # Without a text Get-Help shows the syntax here.
        $help.Synopsis | Should -Not -Match "^\s*$Name"
    }

    It 'describes each parameter' {
        $own = (Get-Command $Name).Parameters.Keys |
            Where-Object { $_ -notin [Management.Automation.PSCmdlet]::CommonParameters -and $_ -notin [Management.Automation.PSCmdlet]::OptionalCommonParameters }
        foreach ($parameter in $own) {
            ($help.parameters.parameter | Where-Object name -EQ $parameter).description.Text |
                Should -Not -BeNullOrEmpty -Because "-$parameter needs a text"
        }
    }

    It 'has at least two examples' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
    }
}
