# Runs the Pester suites and leaves "PASSED FAILED SKIPPED" in the file that is named.
param([Parameter(Mandatory)] [string] $ResultPath)

if (-not (Get-Module -ListAvailable Pester | Where-Object Version -GE '5.0')) {
    Write-Output '== Pester 5 is not installed: the suites were not run; their tests count as skipped.'
    $tests = Get-ChildItem tests/Pester -Recurse -Filter *.Tests.ps1 | Select-String '^\s*It '
    Set-Content $ResultPath "0 0 $(@($tests).Count)"
    return
}
$run = Invoke-Pester -Configuration @{
    Run    = @{ Path = 'tests/Pester'; PassThru = $true }
    Output = @{ Verbosity = 'Detailed'; RenderMode = 'Plaintext' }
}
$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
Set-Content $ResultPath "$($run.PassedCount) $failed $($run.SkippedCount + $run.InconclusiveCount)"
