"""Random variations of a shipped world in which one lever is eased, run on the same draws, and what they prove.

A point sets eight keys to values inside their ranges. Each of the eight is then moved by itself, from where it stands toward its
easier end, and everything else stays: eight variations of one point. A ninth is no lever: a licence size a tenth larger or smaller
makes other files and so other draws, and shows what chance alone does (`placebo`).

What is lost in total is never meant to rise. Two tests say whether it did, each exact: under the claim a difference of two paired
runs is as likely to be of one sign as of the other, so that p is the share of all changes of sign with as large a mean.
  single   the variations that rose most are run again on members not seen before; p over those members
  lever    p over all variations of a lever
Holm's rule holds the chance of any false alarm, of all worlds and both tests together, to ALARM.

By hand: variations.py WORLD POINTS [FRESH [FIRST]] prints every variation, the table by lever, and what was run again.
"""

import concurrent.futures
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass

import h5py
import numpy as np
from levers import keys_of

ALARM = 0.05
KEYS = 8  # set at a point
LEAST_MOVE = 0.25  # of a range: a lever that hardly moves says nothing
PLACEBO = "placebo"


@dataclass(frozen=True)
class World:
    """A shipped scenario, cut where the days after its measures are many."""

    scenario: str
    members: int
    horizon: str = ""


WORLDS = (
    World("geneva_truce", 2, "365 d"),
    World("antimony_ban_2024", 2),
    World("gallium_germanium_2023", 2, "730 d"),
    World("graphite_2023", 2),
    World("rare_earths_2010", 2),
)
# The other scenarios over the world of geneva_truce in which licences last.
VARIANTS = (World("japan_freeze_2026", 2), World("october_package", 2))


@dataclass
class Variation:
    """One lever eased at one point."""

    point: int
    lever: str
    key: str
    hard: str
    easy: str
    base: dict  # {key path: value} of the point
    move: dict  # {key path: value} of the lever's easier side
    before: np.ndarray  # [member] lost where the lever is hard [t]
    after: np.ndarray  # [member] lost where it is easy [t]

    @property
    def worse(self):
        """[member] by how much the easier lever raises what is lost in total, over the mean of all members."""
        return (self.after - self.before) / self.before.mean()

    def __str__(self):
        members = " ".join(f"{100 * share:+.2f}" for share in self.worse)
        return f"{self.point:3d} {self.lever:10s} {self.key:32s} {self.hard:>9s} -> {self.easy:>9s} {100 * self.worse.mean():+8.3f} %  ({members})"


class Runner:
    """Runs one world with other values, several runs at a time."""

    def __init__(self, program, source, world, folder, workers=2):
        self.program, self.world, self.folder = program, world, pathlib.Path(folder)
        self.file = source / "scenarios" / f"{world.scenario}.yaml"
        self.pool = concurrent.futures.ThreadPoolExecutor(workers)
        self.scenario = json.loads(self.call("show", self.file, "--json"))
        self.keys = keys_of(self.scenario)

    def call(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True, text=True, timeout=900)
        if done.returncode != 0:
            raise RuntimeError(f"{arguments}: {done.stderr}")
        return done.stdout

    def lost(self, values, members):
        """[member] need lost, all buyers and materials together [t]."""
        settings = [f"--set={path}={value}" for path, value in values.items()]
        # An authority that answers a duty when it crosses a level does so for a rise, from lower duties on: no lever of ours.
        settings += [f"--set=rules.{name}=null" for name, body in self.scenario.get("rules", {}).items() if "tariff" in body["when"]]
        if self.world.horizon:
            settings.append(f"--set=time.horizon={self.world.horizon}")
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            result = pathlib.Path(folder) / "r.h5"
            self.call("run", self.file, "--members", members, "-j", 1, "-o", result, *settings)
            with h5py.File(result) as file:
                return np.nansum(file["lost_total"][()], axis=(1, 2))

    def licence_sizes(self, factor):
        """{key path: value} of licences of another size."""
        for control, body in self.scenario["licensing"].items():
            number, unit = body["shipment_size"].split()
            yield f"licensing.{control}.shipment_size", f"{float(number) * factor:.4g} {unit}"


def moves_of(keys, seed):
    """[(key, position, easier position)]: eight keys of as many levers as there are, then of the same again."""
    draw = random.Random(seed)
    left, chosen = keys[:], []
    while len(chosen) < KEYS:
        levers = {key.lever for key in left}
        lever = draw.choice(sorted(levers - {key.lever for key in chosen} or levers))
        key = draw.choice([key for key in left if key.lever == lever])
        left.remove(key)
        chosen.append(key)
    moves = []
    for key in chosen:
        position = draw.uniform(0, 1 - LEAST_MOVE)
        moves.append((key, position, draw.uniform(position + LEAST_MOVE, 1)))
    return moves


def vary(runner, point):
    """The variations of one point and its placebo."""
    moves = moves_of(runner.keys, f"{runner.world.scenario} {point}")
    base = {path: value for key, position, _ in moves for path, value in key.at(position).items()}
    plans = []
    for key, position, easier in moves:
        first = key.ends[0][0]
        plans.append((key.lever, key.name, key.at(position)[first], key.at(easier)[first], key.at(easier)))
    factor = random.Random(f"{PLACEBO} {point}").choice((0.9, 1.1))
    plans.append((PLACEBO, "shipment_size", "1 x", f"{factor} x", dict(runner.licence_sizes(factor))))
    before = runner.lost(base, runner.world.members)
    return [Variation(point, *plan[:4], base, plan[4], before, runner.lost(base | plan[4], runner.world.members)) for plan in plans]


def screen(runner, points, first=0):
    """Every variation of so many points."""
    return [row for rows in runner.pool.map(lambda point: vary(runner, point), range(first, first + points)) for row in rows]


def again(runner, variation, fresh):
    """The same variation on so many members that it was not chosen by."""
    seen = runner.world.members
    before, after = (runner.lost(values, seen + fresh)[seen:] for values in (variation.base, variation.base | variation.move))
    kept = {name: getattr(variation, name) for name in ("point", "lever", "key", "hard", "easy", "base", "move")}
    return Variation(**kept, before=before, after=after)


def confirm(runner, variations, most, fresh):
    """The variations that rose most, run again; only those that rose at all."""
    rose = [row for row in variations if row.lever != PLACEBO and row.worse.mean() > 1e-6]
    worst = sorted(rose, key=lambda row: -row.worse.mean())[:most]
    return list(runner.pool.map(lambda row: again(runner, row, fresh), worst))


def p_rises(values):
    """Chance of a mean as high or higher if each value were as likely of the other sign."""
    values = np.asarray(values)
    n = len(values)
    if n <= 16:
        signs = (np.arange(2**n)[:, None] >> np.arange(n) & 1) * 2 - 1
    else:
        signs = np.random.default_rng(1).choice((-1, 1), size=(100_000, n))
        signs[0] = 1
    return (signs @ values >= values.sum() - 1e-12 * np.abs(values).sum()).mean()


def holm(chances, alarm):
    """Which of several claims fall, by Holm (1979), with so much chance of any false alarm."""
    order = np.argsort(chances)
    falls = np.zeros(len(chances), bool)
    for rank, i in enumerate(order):
        if chances[i] > alarm / (len(chances) - rank):
            break
        falls[i] = True
    return falls


def by_lever(variations):
    """{lever: (how many, mean change, worst change, worst of a member, p)}, changes as shares."""
    table = {}
    for lever in sorted({row.lever for row in variations}):
        rows = [row for row in variations if row.lever == lever]
        means = [row.worse.mean() for row in rows]
        table[lever] = (len(rows), np.mean(means), max(means), max(row.worse.max() for row in rows), p_rises(means))
    return table


def show(world, variations, confirmed):
    """Prints what a world's variations came to."""
    print(f"{world.scenario}: {sum(row.lever != PLACEBO for row in variations)} variations, {world.members} members")
    print("  lever         n  mean change       worst  worst member        p")
    for lever, (n, mean, worst, member, p) in by_lever(variations).items():
        print(f"  {lever:10s} {n:4d} {100 * mean:+10.3f} % {100 * worst:+9.3f} % {100 * member:+11.3f} % {p:8.5f}")
    for row in confirmed:
        print(f"  again, {len(row.before)} fresh members, p {p_rises(row.worse):.5f}:", row)


def violations(variations, confirmed, alarm):
    """In words, what rose beyond chance; half the alarm for each of the two tests."""
    found = [f"again: {row}" for row, falls in zip(confirmed, holm([p_rises(row.worse) for row in confirmed], alarm / 2)) if falls]
    table = {lever: row for lever, row in by_lever(variations).items() if lever != PLACEBO}
    found += [f"{lever}: {table[lever]}" for lever, falls in zip(table, holm([row[-1] for row in table.values()], alarm / 2)) if falls]
    return found


if __name__ == "__main__":
    here = pathlib.Path(__file__).parents[2]
    chokepoint = os.environ.get("CHOKEPOINT_PROGRAM", here / "build" / "release" / "bin" / "chokepoint")
    (one,) = [world for world in WORLDS + VARIANTS if world.scenario == sys.argv[1]]
    points, fresh, start = [int(text) for text in sys.argv[2:]] + [16, 0][len(sys.argv) - 3 :]
    with tempfile.TemporaryDirectory() as scratch:
        running = Runner(chokepoint, here, one, scratch)
        rows = screen(running, points, start)
        for row in rows:
            print(row)
        show(one, rows, confirm(running, rows, 8, fresh) if fresh else [])
