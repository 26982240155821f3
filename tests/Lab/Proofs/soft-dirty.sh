# Which pages a program wrote since its bits were cleared.
. /lab/check.sh
# A huge page has one bit for all of it.
linuxmemory Set-TransparentHugePage never
start_unit lab-dirty.service sh -c '(head -c 16M /dev/zero; sleep infinity) | tail'
until_true holds system.slice/lab-dirty.service $((16 * MiB))
id=$(tail_in system.slice/lab-dirty.service)
heap=$((16#$(sed -n 's/-.*\[heap\]$//p' "/proc/$id/maps")))
dirty() { linuxmemory Get-ProcessPage "$id" -As Json | jq -r --arg from $heap 'select(.Mapping == "[heap]" and .IsSoftDirty) | "\((.Start - ($from | tonumber)) / 4096) \(.Size / 4096)"'; }

check "A heap that was filled is soft-dirty" between $((15 * MiB / 4096)) "$(dirty | awk '{ sum += $2 } END { print sum }')" $((17 * MiB / 4096))
echo 4 >"/proc/$id/clear_refs"
check "Nothing of it is after its bits were cleared" test -z "$(dirty)"
for page in 1000 2000 2001; do
  printf x | dd of="/proc/$id/mem" bs=1 seek=$((heap + page * 4096 + 5)) conv=notrunc status=none
done
check "Then the pages that were written are, and no others" test "$(dirty)" = "$(printf '%s\n' '1000 1' '2000 2')"
linuxmemory Undo-MemoryChange -Last 1
