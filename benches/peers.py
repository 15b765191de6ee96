"""Runs headcount and its peers in turn and prints one table; started by peers.sh, needs nothing but Python itself.

CPU time, not wall time, and the least of several rounds: what else the machine does can only add to it. headcount and a
peer take turns within every round, so that a slow minute is slow for both. headcount's figure is all that
`headcount simulate --threads 1` spends, from start to end of the process; a peer's is what it says of its simulation alone,
without the start of Python, imports and compilation. Levels are means over all rounds, each with a seed of its own.
"""

import argparse
import importlib.util
import json
import os
import resource
import subprocess
import sys

WORKLOADS = "benches/workloads"
# Contacts of one replication; calls that headcount plays in a run, in full and for a smoke test.
HEADCOUNT = {"w1": 69_696, "w2": 12_480, "w3": 10_000}
CALLS = (20_000_000, 70_000)
# Package, program, workloads, calls of a run in full and for a smoke test: the slower, the fewer.
PEERS = [
    ("numba", "numba_peer.py", ["w1", "w2"], (20_000_000, 200_000)),
    ("numpy", "numpy_peer.py", ["w1"], (4_000_000, 100_000)),
    ("simpy", "simpy_peer.py", ["w1", "w2"], (200_000, 12_000)),
    ("ciw", "ciw_peer.py", ["w1", "w2"], (200_000, 12_000)),
]


class Tally:
    """What the runs of one program on one workload came to."""

    def __init__(self):
        self.ns, self.levels, self.lost = [], [], []

    def add(self, ns, level, lost):
        self.ns.append(ns)
        self.levels.append(level)
        self.lost.append(lost)


def children():
    """Seconds on a core, in programs and in the system, of all processes started so far and ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def headcount(args, workload, seed):
    """CPU nanoseconds per contact of the whole process, service level, share lost."""
    replications = max(1, round(CALLS[args.smoke] / HEADCOUNT[workload]))
    command = [args.headcount, "simulate", f"{WORKLOADS}/{workload}.toml", "--threads", "1", "--no-files"]
    command += ["--format", "json", "--quiet", "--replications", str(replications), "--seed", str(seed)]
    before = children()
    results = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    spent = children() - before
    offered = sum(queue["offered"]["mean"] for queue in results["queues"])
    level = sum(queue["offered"]["mean"] * answered_in_time(queue) for queue in results["queues"]) / offered
    return spent / results["contacts_simulated"] * 1e9, level, results["total"]["abandonment"]["mean"]


def answered_in_time(queue):
    """Share of the offered who were answered within the 20 s of the queue's target."""
    return queue["service_level"]["offered"]["mean"]


def peer(args, program, workload, calls, seed):
    """The same from what a peer says of itself."""
    command = [sys.executable, os.path.join(args.peers, program)]
    command += ["--workload", workload, "--calls", str(calls[args.smoke]), "--seed", str(seed)]
    said = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])
    return said["ns_per_call"], said["sl"], said["abandon"]


def available(args):
    """The peers whose package is there; says how to get the others."""
    there = [known for known in PEERS if importlib.util.find_spec(known[0])]
    missing = [known[0] for known in PEERS if known not in there]
    if missing:
        print(f"peers: {sys.executable} cannot import {', '.join(missing)}, left out. To have all of them:")
        print(f"  python3 -m venv target/peers && target/peers/bin/pip install -r {args.peers}/requirements.txt")
        print("  PYTHON=target/peers/bin/python benches/peers.sh")
    return there


def same_day(args):
    """w2 is written down twice, for headcount and for the peers: stops where the two differ."""
    try:
        import tomllib
    except ImportError:
        return  # Python before 3.11; the levels side by side still show it
    with open(f"{WORKLOADS}/w2.toml", "rb") as file:
        ours = tomllib.load(file)
    with open(os.path.join(args.peers, "workloads", "w2.json")) as file:
        theirs = json.load(file)
    calls, crew = ours["queue"]["calls"]["arrivals"]["per_interval"], ours["group"]["crew"]["agents"]
    if calls != theirs["volumes"] or crew != theirs["staff"]:
        sys.exit("peers: w2.toml and the peers' w2.json describe different days")


def play(args, peers):
    """All tallies by workload and program."""
    tallies = {}
    for number in range(args.rounds):
        seed = number + 1
        for workload in HEADCOUNT:
            takers = [known for known in peers if workload in known[2]]
            ours = tallies.setdefault((workload, "headcount"), Tally())
            for name, program, _, calls in takers:
                ours.add(*headcount(args, workload, seed))
                tallies.setdefault((workload, name), Tally()).add(*peer(args, program, workload, calls, seed))
            ours.add(*headcount(args, workload, seed))
        print(f"round {seed} of {args.rounds} done", file=sys.stderr)
    return tallies


def show(tallies):
    """The table."""
    mean = lambda values: sum(values) / len(values)
    print("| workload | program | CPU ns per contact | × headcount | answered within 20 s | hung up |")
    print("|---|---|--:|--:|--:|--:|")
    for workload in HEADCOUNT:
        ours = min(tallies[workload, "headcount"].ns)
        for (where, name), tally in tallies.items():
            if where == workload:
                least, level, lost = min(tally.ns), mean(tally.levels), mean(tally.lost)
                print(f"| {workload} | {name} | {least:,.1f} | {least / ours:,.2f} | {level:.4f} | {lost:.4f} |")
        if workload == "w1":
            print("| w1 | exact (Erlang A) | | | 0.8658 | 0.0445 |")


def main():
    parser = argparse.ArgumentParser(prog="benches/peers.sh")
    parser.add_argument("--smoke", action="store_true", help="few calls, one round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--headcount", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--peers", required=True, help=argparse.SUPPRESS)
    args = parser.parse_args()
    args.rounds = 1 if args.smoke else args.rounds
    same_day(args)
    tallies = play(args, available(args))
    show(tallies)
    if args.smoke:
        print("A smoke test: so few calls show that everything runs; their cost is mostly that of starting.")


main()
