#!/usr/bin/env bash
# The same centres in other people's simulators, beside headcount: what a contact costs, and what each of them found.
#
#   benches/peers.sh             about five minutes
#   benches/peers.sh --smoke     few calls: shows that everything runs, says nothing about cost
#
# PYTHON     the Python that has the peers' packages   [python3]
# PEERS      the folder with the peers' programs        [../shared/peers]
# HEADCOUNT  another binary than the one built here
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
peers=${PEERS:-../shared/peers}

nothing() { printf 'peers: %s; nothing is compared\n' "$*"; exit 0; }
[ -f "$peers/common.py" ] || nothing "no programs at $peers (name their folder with PEERS=…)"
command -v "$python" >/dev/null || nothing "no $python (name one with PYTHON=…)"

if [ -z "${HEADCOUNT:-}" ]; then
  cargo build --release --locked --quiet
  HEADCOUNT=${CARGO_TARGET_DIR:-target}/release/headcount
fi
exec "$python" benches/peers.py --headcount "$HEADCOUNT" --peers "$peers" "$@"
