"""What of a scenario was policy by a day: the later dates in it, and the fragment that takes them out.

A dated change, level, list, campaign or outage after the day is removed, a control that begins later never does, and an end
after the day is open; what was announced by the day stays, and with an announced control its first throughput. A rule that may hold from a later day is removed, others stay: they
say what an authority would do. Regimes of an authority begin after the day: what it may turn to is what is not known. Levels and ranges stay as they are, though they may have been set with later months in sight.
"""

import pathlib
import re

import pandas as pd

from .overlay import Dotted, nested, yaml

DAY = re.compile(r"\d{4}-\d\d-\d\d")
POLICY = ("tariffs", "licensing", "enforcement", "commitments", "rules", "flags", "stockpiles", "producers")
BEGINS, ENDS = ("date", "from", "ownership_from"), ("until", "ownership_until")


def flat(content, path: tuple = ()) -> dict[tuple, str]:
    """{(part, ...): text} of a scenario as JSON; a list is its text."""
    out = {}
    for key, value in content.items():
        out |= flat(value, (*path, key)) if isinstance(value, dict) else {(*path, key): str(value)}
    return out


def later(leaves: dict, day) -> list[str]:
    """Keys of an effective scenario ({key path: text}) that hold policy dated after a day."""
    return [".".join(parts) for parts in _later({tuple(key.split(".")): value for key, value in leaves.items()}, pd.Timestamp(day))]


def _later(leaves: dict[tuple, str], day: pd.Timestamp) -> list[tuple]:
    out = []
    for parts, value in leaves.items():
        if parts[0] not in POLICY or parts[-1] not in BEGINS + ENDS:
            continue
        if parts[0] == "licensing" and len(parts) > 3 and (parts[2] == "regimes" or _never(leaves, parts[1], day)):
            continue  # what may come, or the whole measure is off
        dates = [pd.Timestamp(text) for text in DAY.findall(value)]
        if not dates or min(dates) <= day:
            continue
        siblings = {name: leaves.get((*parts[:-1], name), "") for name in ("announced", "date")}
        known = siblings["announced"] if parts[-1] in BEGINS else siblings["date"] if "renewals" in parts else ""
        if not (DAY.fullmatch(known) and pd.Timestamp(known) <= day):
            out.append(parts)
    return [parts for parts in out if not _first_level(leaves, out, parts)]


def _first_level(leaves, found, parts) -> bool:
    """Whether this is the first of throughput levels that are all later: without any, a control would grant nothing, ever."""
    if "levels" not in parts or parts[-1] != "date":
        return False
    siblings = [one for one in leaves if one[: len(parts) - 2] == parts[:-2] and len(one) == len(parts) and one[-1] == "date"]
    return all(one in found for one in siblings) and leaves[parts] == min(leaves[one] for one in siblings)


def _never(leaves, measure, day) -> bool:
    begins = leaves.get(("licensing", measure, "from"), "")
    announced = leaves.get(("licensing", measure, "announced"), "")
    if DAY.fullmatch(announced) and pd.Timestamp(announced) <= day:
        return False
    return begins == "never" or (DAY.fullmatch(begins) is not None and pd.Timestamp(begins) > day)


def changes(effective: dict, day) -> dict[tuple, str | None]:
    """{(part, ...): what to lay over} a scenario, as JSON, so that nothing in it is policy from after a day."""
    leaves, out = flat(effective), {}
    for parts in _later(leaves, pd.Timestamp(day)):
        if parts[0] == "licensing" and len(parts) == 3 and parts[2] == "from":
            out[parts] = "never"
        elif parts[0] == "rules":
            out[parts[:2]] = None
        elif parts[-1] in ENDS or parts[-1] == "ownership_from" or parts[0] == "flags":
            out[parts] = None
        else:
            out[parts[:-1]] = None
    out |= _regimes(effective, out, pd.Timestamp(day))
    out = {path: value for path, value in out.items() if not any(path[:depth] in out for depth in range(1, len(path)))}
    gone = [".".join(path) for path, value in out.items() if value is None]
    for key in effective.get("ensemble", {}).get("vary", {}):
        if any(key == one or key.startswith(f"{one}.") for one in gone):
            out["ensemble", "vary", Dotted(key)] = None
    for name, said in effective.get("assumptions", {}).items():
        if any(said.get("key", "") == one or said.get("key", "").startswith(f"{one}.") for one in gone):
            out["assumptions", name] = None
    return out


def _regimes(effective, laid, day) -> dict[tuple, str]:
    """Regimes begin on the day after, or after the first level of a control that is known and has none by then."""
    out = {}
    for name, measure in effective.get("licensing", {}).items():
        if measure and measure.get("regimes") and laid.get(("licensing", name, "from")) != "never":
            levels = measure["throughput"]["levels"]
            left = [pd.Timestamp(level["date"]) for key, level in levels.items() if ("licensing", name, "throughput", "levels", key) not in laid]
            out["licensing", name, "regimes", "from"] = f"{max([day, *left]) + pd.Timedelta(days=1):%Y-%m-%d}"
    return out


def fragment(scenario, effective: dict, day) -> tuple[str, dict]:
    """The text of a scenario that extends one and knows no policy from after a day, and what it lays over."""
    day, path = pd.Timestamp(day), pathlib.Path(scenario)
    laid = changes(effective, day)
    head = {"chokepoint": 1, "extends": path.name, "name": f"{effective['name']}_known_{day:%Y_%m_%d}",
            "title": f"{effective.get('title', effective['name'])}, as known on {day:%Y-%m-%d}",
            "question": f"What was to be expected from the policy public on {day:%Y-%m-%d}?"}  # fmt: skip
    comment = (f"# {path.name} without policy dated after {day:%Y-%m-%d}, made by: chokepoint score --scenario {path.name} --origin {day:%Y-%m-%d}\n"
               "# Dates alone are taken out. Levels and ranges are those of the parent, which may have been set with later months in sight.\n")  # fmt: skip
    return f"{comment}{yaml(head | nested(laid))}\n", laid
