#!/usr/bin/env bash
# Instructions per contact, counted by valgrind: the same on a busy machine as on a quiet one.
#
#   benches/instructions.sh [SCENARIO…]       [w1 w2 w3]
#
# Two runs of each scenario, the second with more replications: the difference is what contacts cost, without the start
# of the program, reading the scenario and writing results.
#
# HEADCOUNT  another binary than the one built here
set -euo pipefail
cd "$(dirname "$0")/.."

command -v callgrind_annotate >/dev/null || { echo "instructions: no valgrind here" >&2; exit 1; }
if [ -z "${HEADCOUNT:-}" ]; then
  cargo build --release --locked --quiet
  HEADCOUNT=${CARGO_TARGET_DIR:-target}/release/headcount
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One run: contacts, then instructions in all, drawing, playing (counts by interval and listening to waits included).
count() {
  local file=$1 replications=$2
  valgrind --tool=callgrind --callgrind-out-file="$work/out" --log-file="$work/log" \
    "$HEADCOUNT" simulate "$file" --replications "$replications" --threads 1 --no-files --quiet --format json \
    | sed -n 's/.*"contacts_simulated": \([0-9]*\).*/\1/p'
  # A function may stand on several lines, one for each file whose code was inlined into it: the largest holds the others.
  # (What the tool says of itself on standard error is about lines of source, which are not wanted here.)
  callgrind_annotate --inclusive=yes --threshold=100 "$work/out" 2>/dev/null | tr -d , | awk '
    /PROGRAM TOTALS/ { all = $1 }
    /Tape::redraw/ && $1 > draw { draw = $1 }
    /headcount::engine::[a-z_:]*[A-Za-z]*::play/ && $1 > play { play = $1 }
    END { print all; print draw + 0; print play + 0 }'
}

echo "| scenario | instructions per contact | drawing | playing and counting | the rest |"
echo "|---|--:|--:|--:|--:|"
[ $# -gt 0 ] || set -- benches/workloads/w1.toml benches/workloads/w2.toml benches/workloads/w3.toml
for file in "$@"; do
  few=$(count "$file" 2)
  more=$(count "$file" 6)
  paste <(echo "$few") <(echo "$more") | awk -v name="$(basename "$file" .toml)" '
    { more[NR] = $2 - $1 }
    END {
      for (part = 2; part <= 4; part++) per[part] = more[part] / more[1]
      printf "| %s | %.0f | %.0f | %.0f | %.0f |\n", name, per[2], per[3], per[4], per[2] - per[3] - per[4]
    }'
done
