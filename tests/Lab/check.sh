# What the proofs share: one line for each check, and what a proof needs around it.

MiB=$((1 << 20))

check() { # SENTENCE COMMAND...: whether the command succeeds; it is shown when it does not
  local sentence=$1
  shift
  if "$@" >/dev/null; then
    echo "ok      $sentence"
  else
    echo "not ok  $sentence (${*@Q})"
  fi
}

between() { (($2 >= $1 && $2 <= $3)); } # LEAST NUMBER MOST

until_true() { # COMMAND...: waits for it, a minute at most
  local end=$((SECONDS + 60))
  until "$@" 2>/dev/null; do
    ((SECONDS < end)) || { echo "still not so after a minute: $*"; return 1; }
    sleep 0.2
  done
}

# Units of the proof's own, gone at its end. In them tail(1) holds memory: it keeps a line until that ends, so each zero that it is given.
units=()
trap '((${#units[@]} == 0)) || systemctl stop "${units[@]}" 2>/dev/null || true' EXIT
start_unit() { # NAME ARGUMENTS OF SYSTEMD-RUN..., which takes $$ for $
  units+=("$1")
  systemd-run --quiet --unit="$1" "${@:2}"
}

tail_in() { # GROUP: the id of its tail
  local id
  while read -r id; do
    [[ $(<"/proc/$id/comm") != tail ]] || echo "$id"
  done <"/sys/fs/cgroup/$1/cgroup.procs"
}

holds() { # GROUP BYTES: its tails have read so much
  local id total=0
  for id in $(tail_in "$1"); do total=$((total + $(sed -n 's/^rchar: //p' "/proc/$id/io"))); done
  ((total >= $2))
}

uses() { [ "$(cat "/sys/fs/cgroup/$1/memory.current")" -ge "$2" ]; } # GROUP BYTES: at least
