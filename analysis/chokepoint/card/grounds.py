"""What the values of a scenario rest on: sources, assumptions, draws, and which draws the record can tell apart."""

import re

from ..scoring.program import effective
from .hindcasts import HISTORIES
from .markdown import listed, table

SCENARIO, FITTED = "geneva_truce", "hindcast_2025"
# What `chokepoint fit` writes beside a posterior: key: 5 %, 50 %, 95 %; verdict, width of the range
TOLD = re.compile(r"^\s*#\s+(\S+): (.+?), (.+?), (.+?); ((?:weakly |not )?identified), width (\d+ %) of (.+)$", re.MULTILINE)
SECTION = """## What is identified and what is assumed

Things in a scenario that name a source, a source and an assumption, an assumption alone; what is drawn stands for what is not known.

"""
DRAWN = """Drawn in `{scenario}`, with what the fit of `{fitted}` to exports of 2025 says of those it varied, its interval from 5 to 95 %: identified
where that is narrower than half of the range it was given. {verdict}

"""


def counted(tree) -> tuple[int, int, int]:
    """(things with a source alone, with a source and an assumption, with an assumption alone) of a merged scenario."""
    known = mixed = assumed = 0
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            source = node.get("source")
            if source:
                said = source if isinstance(source, list) else [source]
                has = "assumption" in said
                known += not has
                mixed += has and len(said) > 1
                assumed += has and len(said) == 1
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
    return known, mixed, assumed


def drawn(tree) -> dict[str, str]:
    """{key: how it is drawn} of a merged scenario."""
    out = {}
    for key, shape in tree.get("ensemble", {}).get("vary", {}).items():
        (kind, values), = shape.items()
        words = ", ".join(map(str, values)) if isinstance(values, list) else ", ".join(f"{name} {value}" for name, value in values.items())
        out[key] = f"{kind} {words}"
    return out


def told(path) -> dict[str, tuple[str, str]]:
    """{key: (verdict, interval)} of the fit whose posterior a scenario file is."""
    return {key: (verdict, f"{low} to {high}") for key, low, _, high, verdict, _, _ in TOLD.findall(path.read_text(encoding="utf-8"))}


def counts(scenarios) -> str:
    """Sources, assumptions and draws of each scenario with a history."""
    rows = []
    for name in dict.fromkeys([SCENARIO, *(history.scenario for history in HISTORIES)]):
        tree = effective(scenarios / f"{name}.yaml")
        rows.append([f"`{name}`", *map(str, counted(tree)), str(len(drawn(tree)))])
    return SECTION + table(["scenario", "a source", "both", "an assumption", "values drawn"], rows)


def draws(scenarios, titles) -> str:
    """Every drawn key with its title, its range and what the fit says of it."""
    fit, keys = told(scenarios / f"{FITTED}.yaml"), drawn(effective(scenarios / f"{SCENARIO}.yaml"))
    verdicts = [listed(f"`{key}`" for key, (verdict, _) in fit.items() if verdict == one) for one in ("identified", "weakly identified", "not identified") if any(verdict == one for verdict, _ in fit.values())]
    names = [one for one in ("identified", "weakly identified", "not identified") if any(verdict == one for verdict, _ in fit.values())]
    verdict = " ".join(f"{name.capitalize()}: {keys}." for name, keys in zip(names, verdicts))
    rows = [[f"`{key}`", titles.get(key, "-"), how, f"{fit[key][0]}: {fit[key][1]}" if key in fit else "-"] for key, how in keys.items()]
    return DRAWN.format(scenario=SCENARIO, fitted=FITTED, verdict=verdict) + table(["key", "what it is", "drawn from", "the record"], rows)


def section(runs) -> str:
    """Counts, and every draw."""
    with runs.result(SCENARIO) as result:
        return counts(runs.scenarios) + draws(runs.scenarios, result.parameter_titles)
