"""Random variations of a shipped world in which one lever is moved to its easier side, run on the same draws.

A point sets eight keys to values inside their ranges. Each of the eight is then moved by itself, from where it stands toward its easier
end, and everything else stays: eight variations of one point. Ranges are those a scenario states (`ensemble.vary`, notes of the
form "60 to 90 %") or, where it states none, those of the reference of keys.

By hand: levers.py WORLD POINTS [MEMBERS [FIRST]] prints every variation.
"""

import concurrent.futures
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

import h5py
import numpy as np

KEYS = 8  # set at a point
LEAST_MOVE = 0.25  # of a range: a lever that hardly moves says nothing
WHOLE = {"d", "wd"}  # days are whole in most keys
NUMBER = r"([-+]?\d+(?:\.\d+)?)"


@dataclass(frozen=True)
class Key:
    """One or several values of a scenario that move together, each between its hard and its easy end."""

    lever: str
    name: str
    ends: tuple  # (path, value at the hard end, value at the easy end, unit)

    def at(self, position: float) -> dict:
        """{path: value} at a position from 0, the hard end, to 1, the easy one."""
        return {path: f"{hard + position * (easy - hard):{'.0f' if unit in WHOLE else '.4g'}} {unit}" for path, hard, easy, unit in self.ends}


@dataclass
class World:
    """A shipped scenario, shortened where the days after its measures are many."""

    scenario: str
    members: int
    horizon: str = ""
    keys: list = field(default_factory=list)


WORLDS = {
    world.scenario: world
    for world in (
        World("geneva_truce", 2, "365 d"),
        World("antimony_ban_2024", 4),
        World("gallium_germanium_2023", 4, "730 d"),
        World("graphite_2023", 4),
        World("rare_earths_2010", 4),
    )
}
CONTROLLER = "CHN"


def leaf(tree, path):
    """The value at a dotted path, or None."""
    for part in path.split("."):
        if not isinstance(tree, dict) or part not in tree:
            return None
        tree = tree[part]
    return tree


def stated(scenario, path, note=""):
    """(low, high, unit) a scenario states for a value: what it draws, else its note; else None."""
    drawn = scenario.get("ensemble", {}).get("vary", {}).get(path)
    if drawn:
        ends = next(iter(drawn.values()))
        low, unit = str(ends[0]).split(maxsplit=1)
        return float(low), float(str(ends[-1]).split()[0]), unit
    found = re.findall(rf"{NUMBER} to {NUMBER} (%|d|wd|x)", note or "")
    return (float(found[-1][0]), float(found[-1][1]), found[-1][2]) if found else None


def covers(scenario, kind, low, high, chosen=lambda block: True):
    """Ends of the cover of every chosen block of a kind (buyers, producers, ...)."""
    for name, block in scenario[kind].items():
        cover = block.get("cover")
        if cover is None or not chosen(block):
            continue
        path = f"{kind}.{name}.cover" + (".lognormal.median" if isinstance(cover, dict) else "")
        middle = float(str(leaf(scenario, path)).split()[0])
        ends = stated(scenario, path) or (low, high, "d")
        if not ends[0] <= middle <= ends[1]:  # of blocks known to hold more, as far round what is stated
            ends = (middle * 0.8, middle * 1.2, "d")
        yield path, ends[0], ends[1], "d"


def licence_keys(scenario):
    """What the authority does: throughput, lag, review, hold, queue, returns and refusals."""
    for control, body in scenario["licensing"].items():
        root = f"licensing.{control}"
        for name, level in body["throughput"]["levels"].items():
            path = f"{root}.throughput.levels.{name}.level"
            ends = stated(scenario, path, level.get("note"))
            if ends:
                yield Key("throughput", f"{control}.{name}", ((path, *ends),))
        yield Key("lag", f"{control}.licence_lag", ((f"{root}.licence_lag", 10, 0, "wd"),))
        yield Key("review", f"{control}.minimum_review", ((f"{root}.minimum_review", 20, 0, "wd"),))
        yield Key("queue", f"{control}.batch.days", ((f"{root}.batch.days", 30, 7, "d"),))
        yield Key("queue", f"{control}.batch.cover", ((f"{root}.batch.cover", 60, 15, "d"),))
        yield Key("queue", f"{control}.declared_lots", ((f"{root}.declared_lots", 3, 7, "d"),))
        yield Key("refusal", f"{control}.returned", ((f"{root}.returned", 40, 0, "%"),))
        yield Key("refusal", f"{control}.resubmit.after", ((f"{root}.resubmit.after", 20, 5, "wd"),))
        served = [name for name, posture in body["postures"].items() if leaf(posture, "approval") not in (None, "0 %") and posture.get("weight", "1 x") != "0 x"]
        yield Key("refusal", f"{control}.approval", tuple((f"{root}.postures.{name}.approval", 90, 100, "%") for name in served))
        if any(product.get("look_alike") for product in scenario["products"].values()):
            yield Key("hold", f"{control}.customs_hold", ((f"{root}.customs_hold", 60, 30, "d"),))
            yield Key("hold", f"{control}.hold", tuple((f"{root}.postures.{name}.hold", 60, 0, "%") for name in served))
        if "entities" in body:
            yield Key("queue", f"{control}.extra_review", ((f"{root}.extra_review", 60, 10, "wd"),))


def stock_keys(scenario):
    """Stock of buyers by sector, of traders, and of makers by product: what they use and what they have made."""
    sectors = {"automotive": (21, 35), "defense": (30, 365)}
    for sector in sorted({block["sector"] for block in scenario["buyers"].values()}):
        yield Key("stock", f"buyers.{sector}", tuple(covers(scenario, "buyers", *sectors.get(sector, (20, 90)), lambda block: block["sector"] == sector)))
    for kind, low, high in (("importers", 15, 60), ("exporters", 5, 30)):
        if scenario.get(kind):
            yield Key("stock", kind, tuple(covers(scenario, kind, low, high)))
    for product in sorted({block["makes"] for block in scenario["producers"].values()}):
        makers = {name: block for name, block in scenario["producers"].items() if block["makes"] == product}
        inputs = tuple(covers(scenario, "producers", 10, 60, lambda block: block["makes"] == product and block.get("uses")))
        if inputs:
            yield Key("stock", f"inputs.{product}", inputs)
        yield Key("stock", f"finished.{product}", tuple((f"producers.{name}.finished_cover", 5, 20, "d") for name in makers))


def capacity_keys(scenario):
    """Makers beyond the authority's country, by product: what they could make, and how far they can stretch."""
    for product in sorted({block["makes"] for block in scenario["producers"].values()}):
        outside = {name: block for name, block in scenario["producers"].items() if block["makes"] == product and block["region"] != CONTROLLER}
        ends = []
        for name, block in outside.items():
            low, high = re.search(rf"utilisation {NUMBER} to {NUMBER} %", block["note"]).groups()
            ends.append((f"producers.{name}.utilisation", float(high), float(low), "%"))
        if ends:
            yield Key("capacity", f"utilisation.{product}", tuple(ends))
            yield Key("capacity", f"stretch.{product}", tuple((f"producers.{name}.stretch.most", 1, 1.25, "x") for name in outside))


def duty_keys(scenario):
    """Duties of worlds that have them: the cut of May 2025, from none to the published one, a step before it, and the rate on others."""
    root = "tariffs.usa_on_chn.layers"
    if leaf(scenario, f"{root}.reciprocal.changes.geneva_cancel"):
        yield Key("duty", "geneva_cancel", ((f"{root}.reciprocal.changes.geneva_cancel.change", 0, -91, "pp"),))
        yield Key("duty", "fentanyl.march", ((f"{root}.fentanyl.changes.march.change", 20, 0, "pp"),))
        yield Key("duty", "eu_jpn.country_rate", (("tariffs.usa_on_eu_jpn.layers.reciprocal.changes.country_rate.rate", 25, 0, "%"),))


def keys_of(scenario):
    """Every key a world can be varied by, in a fixed order."""
    return [key for source in (licence_keys, stock_keys, capacity_keys, duty_keys) for key in source(scenario)]


def point_of(keys, seed):
    """[(key, position, easier position)]: eight keys of as many levers as there are, then of the same again."""
    draw = random.Random(seed)
    left = keys[:]
    chosen = []
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


def call(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=900)
    if done.returncode != 0:
        raise RuntimeError(f"{arguments}: {done.stderr}")
    return done.stdout


def lost(program, source, world, values, path):
    """[member] need lost, all buyers and materials together [t]."""
    settings = [f"--set={key}={value}" for key, value in values.items()]
    if world.horizon:
        settings.append(f"--set=time.horizon={world.horizon}")
    call(program, "run", source / "scenarios" / f"{world.scenario}.yaml", "--members", world.members, "-j", 1, "--force", "-o", path, *settings)
    with h5py.File(path) as file:
        total = np.nansum(file["lost_total"][()], axis=(1, 2))
    pathlib.Path(path).unlink()
    return total


@dataclass
class Variation:
    """One lever moved at one point; `lever` is "placebo" for a licence size that is a little other, which helps nobody."""

    world: str
    point: int
    lever: str
    key: str
    hard: str
    easy: str
    before: np.ndarray  # [member] lost where the lever is hard [t]
    after: np.ndarray  # [member] lost where it is easy [t]

    @property
    def worse(self):
        """By how much the easier lever raises what is lost in total, as a share."""
        return (self.after.sum() - self.before.sum()) / self.before.sum()


def vary(program, source, world, keys, point, folder):
    """The variations of one point."""
    moves = point_of(keys, f"{world.scenario} {point}")
    base = {path: value for key, position, _ in moves for path, value in key.at(position).items()}
    path = pathlib.Path(folder) / f"{world.scenario}_{point}.h5"
    before = lost(program, source, world, base, path)
    rows = []
    for key, position, easier in moves:
        after = lost(program, source, world, base | key.at(easier), path)
        (first, *_) = key.ends
        rows.append(Variation(world.scenario, point, key.lever, key.name, key.at(position)[first[0]], key.at(easier)[first[0]], before, after))
    sizes = {f"licensing.{control}.shipment_size": body for control, body in world.sizes.items()}
    other = random.Random(f"placebo {point}").choice((0.98, 1.02))
    after = lost(program, source, world, base | {path: f"{float(size.split()[0]) * other:.4g} {size.split()[1]}" for path, size in sizes.items()}, path)
    rows.append(Variation(world.scenario, point, "placebo", "shipment_size", "1 x", f"{other} x", before, after))
    return rows


def variations(program, source, name, points, members=None, first=0, workers=2):
    """Every variation of `points` points of a world, points in order."""
    world = WORLDS[name]
    scenario = json.loads(call(program, "show", source / "scenarios" / f"{name}.yaml", "--json"))
    world.sizes = {control: body["shipment_size"] for control, body in scenario["licensing"].items()}
    world.members = members or world.members
    keys = keys_of(scenario)
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(workers) as pool:
        yield from (row for rows in pool.map(lambda point: vary(program, source, world, keys, point, folder), range(first, first + points)) for row in rows)


if __name__ == "__main__":
    here = pathlib.Path(__file__).parents[2]
    chokepoint = os.environ.get("CHOKEPOINT_PROGRAM", here / "build" / "release" / "bin" / "chokepoint")
    numbers = [int(text) for text in sys.argv[2:]]
    for row in variations(chokepoint, here, sys.argv[1], *numbers):
        print(row.world, row.point, row.lever, row.key, row.hard, row.easy, f"{row.before.sum():.6g} {row.after.sum():.6g} {100 * row.worse:+.3f} %", *(f"{x:.6g}" for x in row.after - row.before), sep="\t", flush=True)
