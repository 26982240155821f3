# A group runs out of memory: the forecast names the victim, the kill is one event and one count.
. /lab/check.sh
hog='rm -f /run/lab-go; (head -c 8M /dev/zero; sleep infinity) | tail & (head -c 32M /dev/zero; until [ -e /run/lab-go ]; do sleep 0.1; done; head -c 64M /dev/zero; sleep infinity) | tail; wait'

killed_in() { dmesg | sed -n "/oom_memcg=.*$1/,\$s/.*: Killed process \([0-9]*\) .*/\1/p" | sort -nu; } # UNIT: whom the kernel's log names

# The kernel names a process after its signal, which can have ended it by then. It kills a whole group from within one of its
# processes, which is there until all are named.
is_over() { # UNIT OOM.GROUP
  [[ -n $(killed_in "$1") ]] && { (($2 == 0)) || ! grep -q . "/sys/fs/cgroup/system.slice/$1/cgroup.procs"; }
}

kill_in() { # UNIT OOM.GROUP
  group=system.slice/$1
  start_unit "$1" -p MemoryMax=64M -p MemorySwapMax=0 -p OOMPolicy=continue sh -c "$hog"
  until_true holds "$group" $((40 * MiB))
  echo "$2" >"/sys/fs/cgroup/$group/memory.oom.group"
  forecast=$(linuxmemory Get-OomCandidate -Cgroup "$group" -First 1 -As Json | jq .Id)
  touch /run/lab-go
  until_true is_over "$@"
  events=$(linuxmemory Get-OomEvent -As Json | jq -c "select(.Cgroup == \"/$group\")")
}

kill_in lab-one.service 0
check "Get-OomEvent has one event of the group" test "$(wc -l <<<"$events")" = 1
check "Its victim is whom Get-OomCandidate named first" test "$(jq .VictimId <<<"$events")" = "$forecast"
check "Its scope is the group, its outcome a kill" test "$(jq -r '"\(.Scope) \(.Outcome)"' <<<"$events")" = "Cgroup Killed"
check "It knows the group's limit" test "$(jq .Memory.Limit <<<"$events")" = $((64 * MiB))
check "and the victim's memory, between its start and the limit" between $((32 * MiB)) "$(jq .AnonRss <<<"$events")" $((64 * MiB))
check "Get-CgroupMemory counts one kill" test "$(linuxmemory Get-CgroupMemory "$group" -As Json | jq .OomKills)" = 1

kill_in lab-all.service 1
check "A kill of a whole group is one event, too" test "$(wc -l <<<"$events")" = 1
check "It says so" test "$(jq .IsGroupKill <<<"$events")" = true
killed=$(killed_in lab-all.service)
check "and its victims are all whom the kernel's log names" test "$(jq -r '[.VictimId, .Victims[].Id] | unique[]' <<<"$events")" = "$killed"
check "more than one" test "$(wc -w <<<"$killed")" -gt 1
