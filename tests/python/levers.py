"""What makes goods easier to get in a shipped world: keys, their ranges, and which end of a range is the easy one.

Ranges are those a scenario states (`ensemble.vary`, notes of the form "60 to 90 %") or, where it states none, those of the
reference of keys. Left out is what makes nothing easier on the whole: weights and priorities move goods from one client to another.
"""

import re
from dataclasses import dataclass

CONTROLLER = "CHN"
NUMBER = r"([-+]?\d+(?:\.\d+)?)"


def write(number, unit):
    """A value as a scenario has it: days are whole in most keys, and a change says up or down."""
    return f"{number:{'.0f' if unit in ('d', 'wd') else '+.4g' if unit == 'pp' else '.4g'}} {unit}"


@dataclass(frozen=True)
class Key:
    """One or several values of a scenario that move together, each between its hard and its easy end."""

    lever: str
    name: str
    ends: tuple  # (path, value at the hard end, value at the easy end, unit)

    def at(self, position: float) -> dict:
        """{path: value} at a position from 0, the hard end, to 1, the easy one."""
        return {path: write(hard + position * (easy - hard), unit) for path, hard, easy, unit in self.ends}


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
    """Duties of worlds that have them: the cut of May 2025, from none to the published one, a step before it, and the rate on others.

    A lower duty need not lower what is lost in total. Full need is the same whatever the duty, so what is lost falls by what more is
    used, and no more is used than is delivered. Where licences bind, goods of the controller's are as many with any duty on them: what
    some give up for a duty others use, which leaves the total as it is. What is left is where else goods come from. A duty on the
    controller's goods sends orders to makers outside; where these have capacity to spare it adds their output, and a lower duty takes it
    away again. So a lower duty on the controller's goods may raise the total by at most the output that makers outside lose by it. Who
    is short does not look at prices (sim/MODEL.md, 7.4), so that this is little: in the ranges here none showed it beyond chance, and the
    tests make no exception for it.
    """
    root = "tariffs.usa_on_chn.layers"
    if leaf(scenario, f"{root}.reciprocal.changes.geneva_cancel"):
        yield Key("duty", "geneva_cancel", ((f"{root}.reciprocal.changes.geneva_cancel.change", 0, -91, "pp"),))
        yield Key("duty", "fentanyl.march", ((f"{root}.fentanyl.changes.march.change", 20, 0, "pp"),))
        yield Key("duty", "eu_jpn.country_rate", (("tariffs.usa_on_eu_jpn.layers.reciprocal.changes.country_rate.rate", 25, 0, "%"),))


def keys_of(scenario):
    """Every key a world can be varied by, in a fixed order."""
    return [key for source in (licence_keys, stock_keys, capacity_keys, duty_keys) for key in source(scenario)]
