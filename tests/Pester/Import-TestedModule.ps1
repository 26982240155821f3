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

# A small machine with cgroups of version 2: a service under a slice with a limit, and two processes in it.
function Expand-CgroupTree {
    $root = Join-Path ([IO.Path]::GetTempPath()) "linuxmemory-pester-cgroups-$(New-Guid)"
    $files = @{
        'proc/self/mountinfo' = '1 2 0:3 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw'
        'proc/meminfo'        = "MemTotal: 4000000 kB`nMemFree: 500 kB`nMemAvailable: 900 kB`nSwapTotal: 0 kB`nSwapFree: 0 kB"
    }
    foreach ($group in @(
            @{ Path = 'system.slice'; Current = 300MB; Max = '536870912'; Procs = '' }
            @{ Path = 'system.slice/ssh.service'; Current = 100MB; Max = 'max'; Procs = "8`n9" }
        )) {
        $folder = "sys/fs/cgroup/$($group.Path)"
        $files["$folder/memory.current"] = "$($group.Current)"
        $files["$folder/memory.max"] = $group.Max
        $files["$folder/memory.min"] = '0'
        $files["$folder/memory.low"] = '0'
        $files["$folder/memory.high"] = 'max'
        $files["$folder/memory.swap.max"] = 'max'
        $files["$folder/memory.reclaim"] = ''
        $files["$folder/memory.events"] = "low 0`nhigh 7`nmax 3`noom 2`noom_kill 1`noom_group_kill 0"
        $files["$folder/memory.stat"] = "anon 67108864`nfile 33554432`nkernel_stack 16384"
        $files["$folder/cgroup.procs"] = $group.Procs
    }
    foreach ($process in @(@{ Id = 8; Name = 'small'; Rss = 1000; Adj = 0 }, @{ Id = 9; Name = 'large'; Rss = 20000; Adj = 0 }, @{ Id = 10; Name = 'kept'; Rss = 50000; Adj = -1000 })) {
        $files["proc/$($process.Id)/stat"] = "$($process.Id) ($($process.Name)) S 1 0 0 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 100 819200000 $($process.Rss) 0 1 1 16 0 0"
        $files["proc/$($process.Id)/status"] = "Name:`t$($process.Name)`nUid:`t0`t0`t0`t0`nVmRSS:`t$($process.Rss * 4) kB`nVmPTE:`t40 kB`nVmSwap:`t0 kB`nThreads:`t1"
        $files["proc/$($process.Id)/oom_score"] = '0'
        $files["proc/$($process.Id)/oom_score_adj"] = "$($process.Adj)"
        $files["proc/$($process.Id)/cgroup"] = $process.Id -eq 10 ? '0::/' : '0::/system.slice/ssh.service'
    }
    $files.GetEnumerator() | ForEach-Object { $null = New-Item -Force "$root/$($_.Key)" -Value ($_.Value ? "$($_.Value)`n" : '') }
    $root
}

# All that is in a tree: names, bytes and times.
function Get-TreeState([string] $Root) {
    Get-ChildItem $Root -Recurse -Force | ForEach-Object { "$($_.FullName) $($_.LastWriteTimeUtc.Ticks) $($_.PSIsContainer ? '' : (Get-FileHash $_.FullName).Hash)" }
}

# A process that does nothing, when it has come to rest.
function Open-Sleeper {
    $sleeper = Start-Process sleep 600 -PassThru
    while ((Get-Process -Id $sleeper.Id).ProcessName -ne 'sleep') { Start-Sleep -Milliseconds 10 }
    Start-Sleep -Milliseconds 300
    $sleeper
}
