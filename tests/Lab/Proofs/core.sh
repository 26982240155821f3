# A core has no name until it is finished, so that nothing is left of one whose session is killed; where a file must have one
# (overlay before 6.10) it is called core.partial until then. gdb reads both.
. /lab/check.sh
folder=$(mktemp -d /var/tmp/lab-core-XXXXXX)
mkdir "$folder"/{lower,upper,work,overlay,cores}
start_unit lab-core.service sh -c '(yes "a line" | tr -d "\n" | head -c 192M; sleep infinity) | tail'
until_true holds system.slice/lab-core.service $((192 * MiB))
id=$(tail_in system.slice/lab-core.service)
program=$(readlink "/proc/$id/exe")
free_blocks() { sync -f "$folder"; stat -f -c %f "$folder"; }
place() { gdb -nx -batch "$@" -ex 'x/i $pc' -ex 'x/4gx $sp' 2>/dev/null | grep -A 2 '^=>'; } # GDB'S ARGUMENTS: where the process is
nameless() { [[ $(readlink "/proc/$session/fd/"*) == *"$1/#"*" (deleted)"* ]]; } # DIRECTORY

begin() { # DIRECTORY: a session that stands still as soon as its core is begun
  linuxmemory Export-ProcessCore -Id "$id" -Path "$1/core" -As Json >"$folder/json" &
  session=$!
  until nameless "$1" 2>/dev/null || [[ -e $1/core.partial ]]; do kill -0 $session || break; done
  kill -STOP $session
}

end() { # SIGNAL
  kill "-$1" $session
  wait $session 2>/dev/null || true
}

free=$(free_blocks)
begin "$folder/cores"
check "A core that is begun has a file" nameless "$folder/cores"
check "and no name" test -z "$(ls -A "$folder/cores")"
end KILL
check "A session that is killed leaves nothing of it" test -z "$(ls -A "$folder/cores")"
check "and no blocks" between -256 $((free - $(free_blocks))) 256
check "and the process is nobody's" grep -q $'^TracerPid:\t0$' "/proc/$id/status"

begin "$folder/cores"
end CONT
check "A finished core has its name alone, and is as large as it says" test "$(stat -c '%n %s' "$folder/cores"/*)" = "$folder/cores/core $(jq .Size "$folder/json")"
check "and is its owner's" test "$(stat -c %a "$folder/cores/core")" = 600
check "and holds the memory" between $((192 * MiB)) "$(jq .Written "$folder/json")" "$(awk '$1 == "VmRSS:" { print $2 * 1024 }' "/proc/$id/status")"
running=$(place -p "$id")
check "gdb finds in it the place where the running process is" test "$(place "$program" "$folder/cores/core")" = "${running:?}"

mount -t overlay -o "lowerdir=$folder/lower,upperdir=$folder/upper,workdir=$folder/work" overlay "$folder/overlay"
begin "$folder/overlay"
names=$(ls -A "$folder/overlay")
check "A core on overlay has no name, or one that says that it is not finished" test "$names" = "$(nameless "$folder/overlay" || echo core.partial)"
end CONT
check "and then its own alone" test "$(stat -c '%n %s' "$folder/overlay"/*)" = "$folder/overlay/core $(stat -c %s "$folder/cores/core")"
check "and the same place in it" test "$(place "$program" "$folder/overlay/core")" = "$running"
umount "$folder/overlay"
systemctl stop lab-core.service
rm -r "$folder"
