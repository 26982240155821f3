# What -Persist writes for a unit is what systemctl set-property writes, and systemd takes it.
. /lab/check.sh
dropins=/etc/systemd/system.control
properties=MemoryMin,MemoryLow,MemoryHigh,MemoryMax,MemorySwapMax
for unit in lab-ours lab-twin; do
  printf '[Service]\nExecStart=/bin/sleep infinity\n' >/run/systemd/system/$unit.service
  units+=("$unit.service")
done
systemctl daemon-reload
systemctl start lab-ours lab-twin

all() { (cd "$dropins/$1.service.d" && tail -n +1 -- *); }
running() { cat "/sys/fs/cgroup/system.slice/$1.service"/memory.{min,low,high,max,swap.max}; }

linuxmemory Set-CgroupMemoryLimit system.slice/lab-ours.service -Min 1MB -Low 2MB -High 99999999 -Max 128MB -SwapMax 64MB -Persist -WarningAction SilentlyContinue
systemctl set-property lab-twin MemoryMin=1M MemoryLow=2M MemoryHigh=99999999 MemoryMax=128M MemorySwapMax=64M
check "The drop-ins are those of systemctl set-property, byte for byte" test "$(all lab-ours)" = "$(all lab-twin)"
check "They are five" test "$(find $dropins/lab-ours.service.d -name '50-*.conf' | wc -l)" = 5
check "The running group has the same limits" test "$(running lab-ours)" = "$(running lab-twin)"
systemctl daemon-reload
check "systemd takes them at daemon-reload" test "$(systemctl show lab-ours -p $properties)" = "$(systemctl show lab-twin -p $properties)"
systemctl restart lab-ours
check "and gives them to the restarted unit" test "$(running lab-ours)" = "$(running lab-twin)"

linuxmemory Undo-MemoryChange -Last 10 -Force
check "Undo-MemoryChange takes the drop-ins away" test -z "$(find $dropins/lab-ours.service.d -type f 2>/dev/null)"
check "and the limits of the running group" test "$(running lab-ours)" = "$(printf '%s\n' 0 0 max max max)"
systemctl daemon-reload
check "and systemd knows of none" test "$(systemctl show lab-ours -p MemoryMax --value)" = infinity

check "A group without a unit is refused" bash -c 'mkdir /sys/fs/cgroup/lab-none; ! linuxmemory Set-CgroupMemoryLimit lab-none -Max 64MB -Persist 2>/dev/null && grep -q max /sys/fs/cgroup/lab-none/memory.max'
rmdir /sys/fs/cgroup/lab-none
