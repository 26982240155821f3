# What -Persist promises, looked at after a reboot, and taken back then.
. /lab/check.sh
groups=/sys/fs/cgroup/system.slice/systemd-journald.service
if [[ $BOOT == 1 ]]; then
  cp /etc/fstab /lab/fstab
  linuxmemory Get-MemoryChange -As Json | jq -s 'map(.Id) | max // 0' >/lab/before
  linuxmemory Set-Swappiness 37 -Persist
  linuxmemory Set-TransparentHugePage madvise -Persist
  linuxmemory Set-HugePagePool 2MB 8 -Persist >/dev/null
  linuxmemory New-SwapFile /swap.lab 64MB -Priority 7 -Persist >/dev/null
  linuxmemory Set-CgroupMemoryLimit system.slice/systemd-journald.service -High 300MB -Persist -WarningAction SilentlyContinue
  setting=$(linuxmemory Get-MemorySetting vm.swappiness -As Json)
  check "Get-MemorySetting forecasts the value after a boot" test "$(jq .AfterBoot <<<"$setting")" = 37
  exit
fi

check "The swappiness is there after a reboot" test "$(</proc/sys/vm/swappiness)" = 37
check "and the mode of transparent huge pages" grep -q '\[madvise\]' /sys/kernel/mm/transparent_hugepage/enabled
check "and the pool of huge pages" test "$(</proc/sys/vm/nr_hugepages)" = 8
check "and the swap file, with its priority" test "$(swapon --show=NAME,SIZE,PRIO --noheadings | xargs)" = "/swap.lab 64M 7"
check "and the limit of the unit" test "$(<$groups/memory.high)" = $((300 * MiB))
check "Get-SwapArea names the line that brings it" grep -q '^/swap.lab .*pri=7' <(sed -n "$(linuxmemory Get-SwapArea /swap.lab -As Json | jq -r '.PersistedBy | split(":")[1]')p" /etc/fstab)

changes=$(linuxmemory Get-MemoryChange -As Json | jq -c "select(.Id > $(</lab/before))")
check "What a reboot ended cannot be taken back" test "$(jq -r 'select(.Setting == "vm.swappiness") | "\(.Scope) \(.CanUndo)"' <<<"$changes")" = $'Runtime false\nPersistent true'
linuxmemory Undo-MemoryChange "$(jq 'select(.CanUndo).Id' <<<"$changes" | paste -sd,)" -Confirm:'$false'
check "What persists can: fstab is what it was" cmp /etc/fstab /lab/fstab
check "and the swap file is gone" test ! -e /swap.lab -a -z "$(swapon --show)"
check "and no file of the module is left" test -z "$(find /etc -name '*linuxmemory*' -o -path '*journald.service.d/50-Memory*')"
systemctl daemon-reload
check "and systemd knows of no limit" test "$(systemctl show systemd-journald.service -p MemoryHigh --value)" = infinity
