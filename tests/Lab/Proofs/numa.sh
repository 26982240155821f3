# Two nodes: what numactl and numastat say of them, and a program that moves from one to the other and back.
. /lab/check.sh
nodes=$(linuxmemory Get-NumaNode -As Json)
hardware=$(numactl --hardware)
column() { sed -n "s/^node $1 $2: *//p" <<<"$hardware"; }
for node in 0 1; do
  this=$(jq "select(.Id == $node)" <<<"$nodes")
  check "Get-NumaNode has the CPUs of node $node that numactl has" test "$(jq -r '.Cpus | join(" ")' <<<"$this")" = "$(column $node cpus)"
  check "and its size" test "$(($(jq .Total <<<"$this") / MiB)) MB" = "$(column $node size)"
  check "and its distances" test "$(jq -r '.Distances | join(" ")' <<<"$this")" = "$(sed -n "s/^ *$node: *//p" <<<"$hardware" | tr -s ' ' | sed 's/ $//')"
done

start_unit lab-numa.service numactl --membind=0 sh -c '(head -c 48M /dev/zero; sleep infinity) | tail'
until_true holds system.slice/lab-numa.service $((48 * MiB))
id=$(tail_in system.slice/lab-numa.service)
on() { linuxmemory Get-ProcessNumaMap "$id" -Summary -As Json | jq ".BytesByNode[$1] // 0"; }
# "Total   48.21   0.12   48.33", in MB.
same_as_numastat() {
  local told node
  told=$(numastat -p "$id" | awk '$1 == "Total" { printf "%d %d", $2, $3 }')
  for node in 0 1; do
    check "Get-ProcessNumaMap has on node $node what numastat has, within a MiB" between -1 $(($(on $node) / MiB - $(cut -d' ' -f $((node + 1)) <<<"$told"))) 1
  done
}
same_as_numastat
check "The program's memory is on node 0" between $((47 * MiB)) "$(on 0)" $((56 * MiB))

moved=$(linuxmemory Move-ProcessMemory "$id" -FromNode 0 -ToNode 1 -As Json)
check "Move-ProcessMemory moves it" between $((47 * MiB)) "$(jq .Moved <<<"$moved")" $((56 * MiB))
check "to node 1" between $((47 * MiB)) "$(on 1)" $((56 * MiB))
same_as_numastat
linuxmemory Move-ProcessMemory "$id" -FromNode 1 -ToNode 0 >/dev/null
check "and back" between $((47 * MiB)) "$(on 0)" $((56 * MiB))

linuxmemory Set-HugePagePool 2MB 4 -Node 1 >/dev/null
check "Set-HugePagePool -Node gives huge pages to that node alone" test "$(cat /sys/devices/system/node/node[01]/hugepages/hugepages-2048kB/nr_hugepages | xargs)" = "0 4"
linuxmemory Undo-MemoryChange -Last 1
check "and Undo-MemoryChange takes them back" test "$(</proc/sys/vm/nr_hugepages)" = 0
