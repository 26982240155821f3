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

# A small machine without a kernel, whose settings can be changed for the next boot.
function Expand-SettingTree {
    $root = Join-Path ([IO.Path]::GetTempPath()) "linuxmemory-pester-tree-$(New-Guid)"
    @{
        'proc/sys/vm/page_lock_unfairness'                   = '5'
        'proc/sys/vm/swappiness'                             = '60'
        'proc/sys/vm/dirty_ratio'                            = '20'
        'proc/sys/vm/dirty_bytes'                            = '0'
        'sys/kernel/mm/transparent_hugepage/enabled'         = 'always [madvise] never'
        'sys/kernel/mm/transparent_hugepage/defrag'          = 'always defer defer+madvise [madvise] never'
        'sys/kernel/mm/transparent_hugepage/shmem_enabled'   = 'always within_size advise [never] deny force'
        'sys/kernel/mm/transparent_hugepage/hpage_pmd_size'  = '2097152'
    }.GetEnumerator() | ForEach-Object { $null = New-Item -Force "$root/$($_.Key)" -Value "$($_.Value)`n" }
    $root
}

# All that is in a tree: names, bytes and times.
function Get-TreeState([string] $Root) {
    Get-ChildItem $Root -Recurse -Force | ForEach-Object { "$($_.FullName) $($_.LastWriteTimeUtc.Ticks) $($_.PSIsContainer ? '' : (Get-FileHash $_.FullName).Hash)" }
}
