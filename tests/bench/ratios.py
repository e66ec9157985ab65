"""How cost grows: with links, with days, with files that wait. Prints every ratio and fails on one beyond its bound.

Each ratio is of two figures of one run on one machine. The bounds leave room for caches that overflow and for
noise; what they catch is growth in proportion (a factor of ten or more between the figures compared).
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

LINKS_GREW_BY = 10  # from 10,000 firms to 100,000


def bench(*arguments):
    program = os.environ["CHOKEPOINT_PROGRAM"]
    done = subprocess.run([program, "bench", "--json", *arguments], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def ratios():
    sizes = bench("--sizes", "10000,100000", "--threads", "1", "--days", "40")
    small, large = (m["ns_per_link_day"] for m in sizes["measurements"])
    yield f"a link's day with {LINKS_GREW_BY} times the links", large / small, 2.5
    few, *more = (q["ns_per_file"] for q in sizes["queues"])
    for queue, cost in zip(sizes["queues"][1:], more):
        yield f"a file decided with {queue['files_waiting']:,} waiting, not 1,000", cost / few, 3
    (short,) = bench("--sizes", "10000", "--threads", "1", "--days", "20")["measurements"]
    (long,) = bench("--sizes", "10000", "--threads", "1", "--days", "200")["measurements"]
    yield "a link's day over 200 days, not 20", long["ns_per_link_day"] / short["ns_per_link_day"], 2
    yield "bytes of a link after 200 days, not 20", long["bytes_per_link_allocated"] / short["bytes_per_link_allocated"], 2
    scenarios = pathlib.Path(os.environ["CHOKEPOINT_SOURCE_DIR"]) / "scenarios"
    for name in ("geneva_truce", "antimony_ban_2024", "graphite_2023"):
        yield f"time of {name} against its dry run", times_off(scenarios / f"{name}.yaml", "--members", "6"), 2
    yield "time of a world sixty times as large against a dry run of a smaller one", times_off(scenarios / "geneva_truce.yaml", "--members", "1", "--set", "world.scale=60", "--set", "time.horizon=100 d"), 2
    one, two = bench("--sizes", "100000", "--threads", "1,2", "--days", "20")["measurements"]
    yield "elapsed time on two threads, not one", two["ns_per_link_day"] / one["ns_per_link_day"], 1.5


def times_off(*arguments):
    """How far the time a dry run says is from what the run computes, either way."""
    run = (os.environ["CHOKEPOINT_PROGRAM"], "run", *arguments, "-j", "1")
    dry = json.loads(subprocess.run([*run, "--dry-run", "--json"], capture_output=True, text=True, check=True).stdout)["dry_runs"][0]["seconds"]
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen([*run, "-o", folder + "/"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    real = usage.ru_utime + usage.ru_stime
    return max(dry / real, real / dry)


def main():
    beyond = 0
    for what, ratio, bound in ratios():
        fits = ratio <= bound
        beyond += not fits
        print(f"{ratio:6.2f}  (at most {bound:3})  {what}{'' if fits else '  <-- beyond'}", flush=True)
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main())
