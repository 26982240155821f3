# memory.reclaim: an amount of page cache, then all there is; a stall ends it.
. /lab/check.sh
cache=system.slice/lab-cache.service
start_unit lab-cache.service sh -c 'dd if=/dev/zero of=/var/tmp/lab-cache bs=1M count=64 conv=fsync status=none; exec sleep infinity'
until_true grep -q sleep "/proc/$(systemctl show -p MainPID --value lab-cache.service)/comm"

before=$(<"/sys/fs/cgroup/$cache/memory.current")
some=$(linuxmemory Invoke-MemoryReclaim $cache 16MB -As Json)
after=$(<"/sys/fs/cgroup/$cache/memory.current")
check "Reclaim takes what was asked for" test "$(jq -r .End <<<"$some")" = Done
check "and not much more" between $((15 * MiB)) "$(jq .Reclaimed <<<"$some")" $((20 * MiB))
check "and memory.current fell by as much as it says" between "-$MiB" $((before - after - $(jq .Reclaimed <<<"$some"))) "$MiB"

all=$(linuxmemory Invoke-MemoryReclaim $cache 1GB -As Json)
check "Reclaim of more than there is ends with NothingLeft" test "$(jq -r .End <<<"$all")" = NothingLeft
check "and took the rest of the file" between $((44 * MiB)) "$(jq .Reclaimed <<<"$all")" $((52 * MiB))
check "and its process lives" systemctl --quiet is-active lab-cache.service
rm /var/tmp/lab-cache

# A program that goes over all its memory again and again, in the swap that reclaim sends it to.
linuxmemory New-SwapFile /lab-swap 256MB >/dev/null
busy=system.slice/lab-busy.service
start_unit lab-busy.service perl -e '$$x = "a"; $$x x= 96 << 20; while (1) { for ($$i = 0; $$i < length $$x; $$i += 4096) { substr($$x, $$i, 1) = "b" } }'
until_true uses "$busy" $((96 * MiB))
stalled=$(linuxmemory Invoke-MemoryReclaim $busy 512MB -MaxStall 0:00:00.05 -As Json)
check "-MaxStall ends a reclaim that holds the group up" test "$(jq -r .End <<<"$stalled")" = Stalled
check "before all that was asked for" between 0 "$(jq .Reclaimed <<<"$stalled")" $((512 * MiB - 1))
systemctl stop lab-busy.service
linuxmemory Remove-SwapFile /lab-swap -Confirm:'$false'
check "The swap file is gone again" test ! -e /lab-swap -a -z "$(grep lab-swap /proc/swaps)"
