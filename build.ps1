#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, documents and packages LinuxMemory.
.DESCRIPTION
    One entry for people. Each task is a few lines that a person could type: `dotnet build` and `dotnet test` work without this file.
.PARAMETER Task
    Build    the module into bin/, so that Import-Module ./LinuxMemory.psd1 works
    Test     dotnet test, then the Pester suites
    Help     en-US/ from docs/
    Analyze  PSScriptAnalyzer over the scripts and the manifest
    Bench    the table of docs/performance.md
    Package  artifacts/LinuxMemory/<version>/, the module as users get it
    Clean    removes what the other tasks made, except en-US/
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -Task Clean, Package; Import-Module ./artifacts/LinuxMemory
.EXAMPLE
    pwsh build.ps1 -Task Build,Help
#>
[CmdletBinding()]
[Diagnostics.CodeAnalysis.SuppressMessage('PSReviewUnusedParameter', 'Configuration', Justification = 'The tasks read it.')]
param(
    [Parameter(Position = 0)]
    [ArgumentCompletions('Build', 'Test', 'Help', 'Analyze', 'Bench', 'Package', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # Of a shell, pwsh hands over words: "Build,Help", or "Build," and "Help".
    [Parameter(ValueFromRemainingArguments, DontShow)]
    [string[]] $Rest
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

function Build {
    dotnet build $PSScriptRoot/LinuxMemory.slnx --configuration $Configuration
}

function Test {
    dotnet test $PSScriptRoot/LinuxMemory.slnx --configuration $Configuration
    if (-not (Test-Tool Pester '5.0')) {
        return
    }
    Invoke-Pester -Configuration @{
        Run    = @{ Path = "$PSScriptRoot/tests/Pester"; Throw = $true }
        Output = @{ Verbosity = 'Normal' }
    }
}

function Help {
    & $PSScriptRoot/docs/Build-Help.ps1
}

function Analyze {
    if (-not (Test-Tool PSScriptAnalyzer '1.20')) {
        return
    }
    $found = 'LinuxMemory.psd1', 'build.ps1', '.ci', 'docs', 'tests/Pester' | ForEach-Object {
        Invoke-ScriptAnalyzer -Path $PSScriptRoot/$_ -Recurse -Settings $PSScriptRoot/PSScriptAnalyzerSettings.psd1
    }
    $found | Format-Table Severity, RuleName, ScriptName, Line, Message -Wrap
    if ($found) {
        throw "PSScriptAnalyzer found $(@($found).Count) things to change."
    }
}

function Bench {
    dotnet run --configuration Release --project $PSScriptRoot/tests/Benchmarks
}

function Package {
    $version = (Import-PowerShellDataFile $PSScriptRoot/LinuxMemory.psd1).ModuleVersion
    $target = "$PSScriptRoot/artifacts/LinuxMemory/$version"
    Remove-Item $target -Recurse -ErrorAction Ignore
    dotnet build $PSScriptRoot/src/LinuxMemory --configuration Release "-p:OutDir=$target/bin/"
    Remove-Item $target/bin/* -Include *.pdb, *.xml, *.deps.json
    Copy-Item $PSScriptRoot/LinuxMemory.psd1, $PSScriptRoot/LICENSE $target
    Copy-Item $PSScriptRoot/en-US $target -Recurse -ErrorAction Ignore
    Write-Information "The module is in $target" -InformationAction Continue
}

function Clean {
    'bin', 'artifacts', 'src/*/obj', 'src/*/bin', 'tests/*/obj', 'tests/*/bin', 'tests/*/TestResults' |
        ForEach-Object { Remove-Item $PSScriptRoot/$_ -Recurse -Force -ErrorAction Ignore }
}

# Loads a tool from the gallery; where it is missing, says what is left out.
function Test-Tool([string] $Name, [version] $MinimumVersion) {
    Import-Module $Name -MinimumVersion $MinimumVersion -ErrorAction Ignore
    if (Get-Module $Name) {
        return $true
    }
    Write-Warning "$Name is not installed, so its part of this task was left out. Install-PSResource $Name brings it."
    return $false
}

$tasks = 'Build', 'Test', 'Help', 'Analyze', 'Bench', 'Package', 'Clean'
$names = @(@($Task) + $Rest -split ',' | ForEach-Object Trim | Where-Object Length)
$unknown = @($names | Where-Object { $_ -notin $tasks })
if ($unknown -or -not $names) {
    throw "There is no task '$($unknown -join "', '")'. The tasks are $($tasks -join ', '); several are written -Task Build,Help."
}
foreach ($name in $names) {
    & $name
}
