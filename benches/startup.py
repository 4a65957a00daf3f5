#!/usr/bin/env python3
"""How long one draft takes from start to exit, in starts of grep on the same file: the median ratio of paired runs.

usage: startup.py FACTLINT DRAFT [RUNS]

Each round runs `factlint check --fail-on never DRAFT` and `grep -c x DRAFT` in turn, so that a slow moment of the machine slows both.
"""
import statistics, subprocess, sys, time


def wall(args):
    began = time.perf_counter()
    subprocess.run(args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


tool, draft, runs = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 101
ours, grep = [tool, "check", "--format", "json", "--fail-on", "never", draft], ["grep", "-c", "x", draft]
wall(ours), wall(grep)
pairs = [(wall(ours), wall(grep)) for _ in range(runs)]
print(f"factlint {1000 * statistics.median(a for a, _ in pairs):.1f} ms, grep {1000 * statistics.median(b for _, b in pairs):.2f} ms, "
      f"ratio {statistics.median(a / b for a, b in pairs):.1f} (median of {runs} pairs)")
