# Dot-source this in BeforeAll: it imports the module under test, which is the folder in LINUXMEMORY_MODULE, else the checkout.
$CheckoutRoot = Resolve-Path $PSScriptRoot/../..
$ModulePath = $env:LINUXMEMORY_MODULE ? (Resolve-Path $env:LINUXMEMORY_MODULE) : $CheckoutRoot
$ManifestPath = Join-Path $ModulePath LinuxMemory.psd1
Import-Module $ManifestPath -Force

# Unpacks a captured machine once and returns its directory; Clear-Fixture belongs in AfterAll. Not in TestDrive: Pester walks
# through the links of that, and /sys is full of links in circles.
function Expand-Fixture([string] $Name) {
    $target = Join-Path (Get-FixtureFolder) $Name
    if (-not (Test-Path $target)) {
        $null = New-Item -ItemType Directory $target
        tar -xzf "$CheckoutRoot/tests/Fixtures/$Name.tar.gz" -C $target
    }
    $target
}

function Clear-Fixture {
    if (Test-Path (Get-FixtureFolder)) {
        [IO.Directory]::Delete((Get-FixtureFolder), $true)
    }
}

function Get-FixtureFolder {
    Join-Path ([IO.Path]::GetTempPath()) "linuxmemory-pester-$PID"
}
