# Limits of a group of version 2: set, read, shadowed by the group above, taken back.
. /lab/check.sh
group=lab.slice/lab-limits.slice/lab-limits.service
files=/sys/fs/cgroup/$group
start_unit lab-limits.service --slice=lab-limits.slice sh -c '(head -c 32M /dev/zero; sleep infinity) | tail'
until_true holds "$group" $((32 * MiB))

linuxmemory Set-CgroupMemoryLimit "$group" -Max 64MB -WhatIf >/dev/null
check "-WhatIf leaves memory.max alone" test "$(<$files/memory.max)" = max

linuxmemory Set-CgroupMemoryLimit "$group" -Min 4MB -Low 8MB -High 99999999 -Max 128MB -SwapMax 16MB
check "-Min is in memory.min" test "$(<$files/memory.min)" = $((4 * MiB))
check "-Low is in memory.low" test "$(<$files/memory.low)" = $((8 * MiB))
check "-High is in memory.high, in whole pages" test "$(<$files/memory.high)" = $((99999999 / 4096 * 4096))
check "-Max is in memory.max" test "$(<$files/memory.max)" = $((128 * MiB))
check "-SwapMax is in memory.swap.max" test "$(<$files/memory.swap.max)" = $((16 * MiB))

now=$(linuxmemory Get-CgroupMemory "$group" -As Json)
limits=$(jq -r '[.Min, .Low, .High, .Max, .SwapMax] | @tsv' <<<"$now" | tr '\t' '\n')
check "Get-CgroupMemory has the limits of the kernel's files" test "$limits" = "$(cat $files/memory.{min,low,high,max,swap.max})"
check "and the use of memory.current, within a MiB" between "-$MiB" $(($(jq .Current <<<"$now") - $(<$files/memory.current))) "$MiB"
check "and the processes of cgroup.procs" test "$(jq -r '.Processes | sort[]' <<<"$now")" = "$(sort -n $files/cgroup.procs)"
check "and the unit" test "$(jq -r .Unit <<<"$now")" = lab-limits.service
check "Its own limit counts while those above have none" test "$(jq -r '"\(.EffectiveMax) \(.LimitedBy)"' <<<"$now")" = "$((128 * MiB)) /$group"

systemctl set-property --runtime lab-limits.slice MemoryMax=96M
now=$(linuxmemory Get-CgroupMemory "$group" -As Json)
check "The limit of the group above counts when it is lower" test "$(jq -r '"\(.EffectiveMax) \(.LimitedBy)"' <<<"$now")" = "$((96 * MiB)) /lab.slice/lab-limits.slice"

linuxmemory Undo-MemoryChange -Last 5
check "Undo-MemoryChange gives the limits back" test "$(cat $files/memory.{min,low,high,max,swap.max})" = "$(printf '%s\n' 0 0 max max max)"
check "and all that was done is in the journal" test "$(linuxmemory Get-MemoryChange -As Json | jq -s 'map(select(.Target | endswith("/lab-limits.service/memory.max"))) | length')" = 2
