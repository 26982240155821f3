# Runs the Pester suites and leaves "PASSED FAILED SKIPPED" in the file that is named.
param([Parameter(Mandatory)] [string] $ResultPath)

if (-not (Get-Module -ListAvailable Pester | Where-Object Version -GE '5.0')) {
    Write-Output '== Pester 5 is not installed: the suites were not run; their tests count as skipped.'
    $tests = Get-ChildItem tests/Pester -Recurse -Filter *.Tests.ps1 | Select-String '^\s*It '
    Set-Content $ResultPath "0 0 $(@($tests).Count)"
    return
}
function Invoke-Suite($path) {
    Invoke-Pester -Configuration @{
        Run    = @{ Path = $path; PassThru = $true }
        Output = @{ Verbosity = 'Detailed'; RenderMode = 'Plaintext' }
    }
}

function Get-FailedName($run) {
    @($run.Failed) + @($run.FailedBlocks) | Where-Object { $_ } | ForEach-Object ExpandedPath
    @($run.FailedContainers) | Where-Object { $_ } | ForEach-Object { "$($_.Item)" }
}

function Get-FailedCount($run) { $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount }

$run = Invoke-Suite tests/Pester
$names = @(Get-FailedName $run)
$passed = $run.PassedCount
$failed = Get-FailedCount $run
$lines = @($names | ForEach-Object { "first: $_" })
if ($failed -gt 0 -and $failed -le 10) {
    # The suites of those that failed once more: many watch the running machine.
    $again = Invoke-Suite @($run.Containers | Where-Object Result -EQ Failed | ForEach-Object { $_.Item.FullName })
    $lines += @(Get-FailedName $again | ForEach-Object { "last: $_" })
    $passed += [Math]::Max(0, $failed - (Get-FailedCount $again))
    $failed = Get-FailedCount $again
}
Set-Content $ResultPath (@("$passed $failed $($run.SkippedCount + $run.InconclusiveCount)") + $lines)
