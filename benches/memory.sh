#!/usr/bin/env bash
# Memory of whole runs, and the time that the program takes to start. Needs GNU time (Debian's package `time`).
#
#   benches/memory.sh
#
# HEADCOUNT  another binary than the one built here
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${HEADCOUNT:-}" ]; then
  cargo build --release --locked --quiet
  HEADCOUNT=${CARGO_TARGET_DIR:-target}/release/headcount
fi
[ -x /usr/bin/time ] || { echo "memory: no /usr/bin/time; it comes with the package 'time'" >&2; exit 1; }
told=$(mktemp)
trap 'rm -f "$told"' EXIT

# A row: the greatest resident size and the CPU time of one run.
row() {
  local file=$1 replications=$2 threads=$3 contacts kib seconds
  contacts=$(/usr/bin/time -v -o "$told" "$HEADCOUNT" simulate "$file" --replications "$replications" \
    --threads "$threads" --no-files --quiet --format json | sed -n 's/.*"contacts_simulated": \([0-9]*\).*/\1/p')
  kib=$(sed -n 's/.*Maximum resident set size (kbytes): //p' "$told")
  seconds=$(awk -F': ' '/User time|System time/ { sum += $2 } END { printf "%.2f", sum }' "$told")
  printf '| %s | %s | %s | %s | %s | %s |\n' \
    "$(basename "$file" .toml)" "$replications" "$threads" "$contacts" "$(awk "BEGIN { printf \"%.1f\", $kib / 1024 }")" "$seconds"
}

echo "| scenario | replications | threads | contacts | memory, MiB | CPU, s |"
echo "|---|--:|--:|--:|--:|--:|"
for replications in 100 1000 10000; do row scenarios/two-skills.toml "$replications" 1; done
for replications in 100 1000 10000; do row benches/workloads/w2.toml "$replications" 1; done
row scenarios/omnichannel-week.toml 40 1
row benches/workloads/million.toml 2 1
row benches/workloads/million.toml 10 1
row benches/workloads/million.toml 10 2

# Wall milliseconds of 50 starts one after another, the least and the middle one; an empty program for comparison.
starts() {
  for _ in $(seq 50); do
    local start=$EPOCHREALTIME
    "$@" >/dev/null 2>&1
    local end=$EPOCHREALTIME
    echo $((${end/[.,]/} - ${start/[.,]/}))
  done | sort -n | awk -v of="$(basename "$1")${2:+ ${*:2}}" '{ us[NR] = $1 } END { printf "| `%s` | %.2f | %.2f |\n", of, us[1] / 1000, us[25] / 1000 }'
}

echo
echo "| 50 starts | least, ms | middle, ms |"
echo "|---|--:|--:|"
starts "$HEADCOUNT" --version
starts "$HEADCOUNT" check scenarios/omnichannel-week.toml
starts /bin/true
