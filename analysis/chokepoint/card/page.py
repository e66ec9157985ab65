"""The page, in Markdown, section by section. Sentences are typed in the modules; figures are not."""

import csv

from ..scoring.observed import read
from ..scoring.program import effective
from . import answers, drivers, facts, grounds, hindcasts, misses, outside, signs
from .markdown import listed, table

SCENARIO = "geneva_truce"
HEAD = """# What is known of the model

Made by `{command}`.

Program {version}; {members} members of every run, each scenario with its own seed. Figures come from the
tests, the runs and the scenarios; none is typed. The same program, data and members give the same page. `sim/MODEL.md` says what the words mean.

"""
DATA = """The newest dated source of `data/sources.csv` is of {newest}.

"""
PURPOSE = """## What it is for, and when not to use it

To compare policies on one world: who runs short first, in which order, and what a change of duties, licences, stocks or routes does to
that. Not to forecast a month, a price or a number of products that are not made; not for a country, a firm or a material that a scenario
does not have; not for duties far beyond those an elasticity was estimated on, of which the program warns; not for a choice between two
policies whose difference is smaller than what chance does to it, which `compare` says.
"""


def head(scenarios, data, members: int, command: str, version: str) -> str:
    """What made the page, on which data."""
    rows = []
    for name, history in {history.table: history for history in hindcasts.HISTORIES}.items():
        months = [row for rows_of in read(data / "observed" / f"{name}.csv").series.values() for row in rows_of]
        span = f"{min(row.first for row in months)} to {max(row.last for row in months)}"
        using = dict.fromkeys(one.scenario for one in hindcasts.HISTORIES if one.table == name)
        rows.append([f"`data/observed/{name}.csv`", span, listed(f"`{one}` ({effective(scenarios / f'{one}.yaml')['seed']})" for one in using)])
    with open(data / "sources.csv", newline="", encoding="utf-8") as file:
        newest = max(row["date"] for row in csv.DictReader(file) if row["date"][:1].isdigit())
    return HEAD.format(command=command, version=version, members=members) + table(["published exports", "months held", "scenario (seed)"], rows) + DATA.format(newest=newest)


# What --only names: {name: section of (runs, data, oracles)}.
SECTIONS = {
    "purpose": lambda runs, data, oracles: PURPOSE,
    "answers": lambda runs, data, oracles: answers.section(answers.answers(oracles)),
    "facts": lambda runs, data, oracles: facts.section(runs, data),
    "histories": lambda runs, data, oracles: hindcasts.section(runs, data),
    "signs": lambda runs, data, oracles: signs.section(runs),
    "sensitivity": lambda runs, data, oracles: drivers.section(runs),
    "outside": lambda runs, data, oracles: outside.section(runs, data),
    "grounds": lambda runs, data, oracles: grounds.section(runs),
    "misses": lambda runs, data, oracles: misses.section(runs, data),
}


def page(runs, oracles, data, command: str, version: str, only=()) -> str:
    """All of it, or the sections named."""
    parts = [head(runs.scenarios, data, runs.members, command, version)]
    parts += [make(runs, data, oracles) for name, make in SECTIONS.items() if not only or name in only]
    return "\n".join(part.rstrip() + "\n" for part in parts)
