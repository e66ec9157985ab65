"""The page, in Markdown. Sentences are typed here; figures are not."""

import re

import numpy as np

from .. import words
from ..report.drivers import correlations
from ..scoring.program import effective
from . import grounds
from .answers import Answer
from .hindcasts import HISTORIES, best_plain, lines, scored
from .outside import HELD, beside
from .signs import SCENARIO, signs

HEAD = """# What is known of the model

Made by `/usr/bin/python3 analysis/make_validation.py --members {members} > sim/VALIDATION.md`, seed of each scenario, version {version}.
Figures come from the tests, the runs and the scenarios; none is typed. `sim/MODEL.md` says what the words mean.

## What it is for, and when not to use it

To compare policies on one world: who runs short first, in which order, and what a change of duties, licences, stocks or routes does to
that. Not to forecast a month, a price or a number of products that are not made; not for a country, a firm or a material that a scenario
does not have; not for duties far beyond those an elasticity was estimated on, of which the program warns; not for a choice between two
policies whose difference is smaller than what chance does to it, which `compare` says.
"""
KNOWN = """## Known answers

Closed forms, worked examples of the literature and limit cases, in the words of the tests (`tests/oracles`), with the numbers that
`sim/MODEL.md` gives them in section 10. *Off* is the largest
difference of two numbers over the known one; *within* where a test compares bounds alone.

"""
HINDCASTS = """## Histories

Exports by month against what was published, {members} members. *Ratio* is the sum of the medians over the published sum, *worst* the month that is
furthest off. A 90 % band that is right holds 90 % of the months; these differ in what their members draw, and where levels were read from
these months the ratio says that they were, and no more.

"""
FORECASTS = """### Forecasts

`{scenario}` with the policy that was public at the end of {origins} alone: the dates after it are taken out, and what the
authority may do is drawn. *Skill* is how much lower its CRPS is than that of the plain forecast which is hardest to beat; below 0 that one
is better. Some of the changes that the draws rest on are those of these months.

"""
SIGNS = """## Signs

Need lost outside China in `{scenario}` with the first setting less that with the second, {members} members on the same draws. The first is meant to
lose more. `tests/python/test_monotone.py` does the same at random points of every world.

"""
SENSITIVITY = """## What the headline hangs on

Rank correlation of drawn values with the figure over {members} members of `{scenario}`. Were all of them unrelated to it, the largest would stay
within the bound in 19 of 20 such runs.

"""
OUTSIDE = """## Beside estimates of others

Value added lost in the {days} days of a run as a share of the gross domestic product of those since the control, median and 5 to 95 % of
{members} members: what makers lose here that state a value, which is car makers alone, times the multiplier of the scenario ({multiplier}). *As
it came* is `{scenario}`, where licences come back after ten weeks. *Held* keeps the throughput of May 2025 to the end and is the nearer case:
the estimate of the ECB keeps the fall of April and May for 18 months, that of the IMF takes four fifths of the supply away. What electronics,
machines and defense lose is in theirs and not in ours.

"""
GROUNDS = """## What is identified and what is assumed

Things in a scenario that name a source, a source and an assumption, an assumption alone; what is drawn stands for what is not known.
The fit of `hindcast_2025` (its file says how) identifies the throughput after the first permits alone.

"""
MISSES = """## Known misses

What `run`, `compare` and `report` print beside the figure.

"""


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    return "\n".join(["| " + " | ".join(row) + " |" for row in [heads, ["---"] * len(heads), *rows]]) + "\n\n"


def share(value: float) -> str:
    """A share in whole per cent."""
    return "-" if np.isnan(value) else f"{100 * value:.0f} %"


def _off(answer: Answer) -> str:
    if answer.failed:
        return f"{answer.failed} FAILED"
    if answer.off is None:
        return "within"
    return "exact" if answer.off == 0 else f"{answer.off:.1e}"


def known_answers(found: list[Answer]) -> str:
    """Every oracle with its number."""
    rows = [[answer.sentence, f"{answer.checks:,}", _off(answer)] for answer in found]
    checks, most = sum(answer.checks for answer in found), max(found, key=lambda answer: answer.off or 0)
    said = f"{len(found)} answers, {checks:,} comparisons. The largest difference, {most.off or 0:.1e}, is that of: {most.sentence}.\n\n"
    return KNOWN + said + table(["answer", "checks", "off"], rows)


def histories(runs, data) -> str:
    """All materials in one table, and the forecasts."""
    rows, forecasts = [], ""
    for history in HISTORIES:
        found = scored(runs, history, data)
        for line in lines(history, found):
            rows.append([line.what, line.series, str(line.months), "-" if np.isnan(line.ratio) else f"{line.ratio:.2f}", line.worst or "-", f"{words.number(line.crps)} t", share(line.in50), share(line.in90)])
        if history.origins:
            forecasts = _forecasts(history, found)
    return HINDCASTS.format(members=runs.members) + table(["history", "series", "rows", "ratio", "worst", "CRPS", "in 50 %", "in 90 %"], rows) + forecasts


def _forecasts(history, found) -> str:
    rows = []
    for series in found.series:
        cases = found.of("known", series)
        if len(cases):
            plain = best_plain(found, series, "known")
            rows.append([series, str(len(cases)), f"{words.number(cases['crps'].mean())} t", share(cases["in50"].mean()), share(cases["in90"].mean()), f"{share(plain[1])} over {plain[0]}" if plain else "no plain one"])
    every = found.of("known")
    said = f"Of {len(every)} forecasts the 50 % band holds {share(every['in50'].mean())}, the 90 % band {share(every['in90'].mean())}.\n\n"
    months = [day[:7] for day in history.origins]
    return FORECASTS.format(scenario=history.scenario, origins=", ".join(months)) + said + table(["series", "forecasts", "CRPS", "in 50 %", "in 90 %", "skill"], rows)


def sign_table(runs) -> str:
    """Levers, and the duty."""
    rows = [[sign.what, f"{sign.more.mean():+,.1f} t", f"{sign.more.min():+,.1f} to {sign.more.max():+,.1f} t", f"{int((sign.more > 0).sum())} of {len(sign.more)}"] for sign in signs(runs)]
    return SIGNS.format(scenario=SCENARIO, members=runs.members) + table(["setting", "more lost, mean", "lowest and highest", "members that lose more"], rows)


def sensitivity(runs) -> str:
    """What drives the spread of each headline figure."""
    rows = []
    with runs.result(SCENARIO) as result:
        titles = result.parameter_titles
        for measure, name in (("lost", "need lost"), ("output_lost_value", "value added lost"), ("duty_paid", "duty paid")):
            try:
                rho, bound = correlations(result, measure)
            except (KeyError, ValueError):
                continue
            clear = [(key, value) for key, value in rho.items() if abs(value) > bound]
            for key, value in clear[:3]:
                rows.append([name, titles[key], f"{value:+.2f}", f"{bound:.2f}"])
            if not clear:
                rows.append([name, "no single assumption", "-", f"{bound:.2f}"])
    return SENSITIVITY.format(scenario=SCENARIO, members=runs.members) + table(["figure", "assumption", "correlation", "bound"], rows)


def outside(runs, data) -> str:
    """Value added lost beside what others estimated."""
    scenario, table_path = runs.scenarios / f"{SCENARIO}.yaml", data / "outside_estimates.csv"
    with runs.result(SCENARIO) as result:
        came, days = beside(result, scenario, table_path), result.days
    with runs.result(SCENARIO, *HELD) as result:
        held = beside(result, scenario, table_path)
    rows = [[a.author, a.region, a.published, a.what, _band(a.lost), _band(b.lost)] for a, b in zip(came, held)]
    head = OUTSIDE.format(scenario=SCENARIO, members=runs.members, days=days, multiplier=effective(scenario)["economy"]["multiplier"])
    return head + table(["author", "region", "published", "of what", "as it came", "held"], rows)


def _band(band) -> str:
    low, middle, high = (f"{value:.2g}" for value in band)
    return f"{middle} % ({low} to {high})"


def rests_on(scenarios) -> str:
    """Sources, assumptions, draws."""
    rows = []
    for name in dict.fromkeys([SCENARIO, *(history.scenario for history in HISTORIES)]):
        tree = effective(scenarios / f"{name}.yaml")
        rows.append([f"`{name}`", *map(str, grounds.counted(tree)), str(len(grounds.drawn(tree)))])
    out = GROUNDS + table(["scenario", "a source", "both", "an assumption", "values drawn"], rows)
    drawn = grounds.drawn(effective(scenarios / f"{SCENARIO}.yaml"))
    return out + f"Drawn in `{SCENARIO}`:\n\n" + table(["key", "drawn from"], [[f"`{key}`", how] for key, how in drawn.items()])


def misses(scenarios) -> str:
    """The caveats of every shipped scenario, those of a variant once with its parent."""
    seen, rows = {}, []
    for name, figures in grounds.caveats(scenarios).items():
        for figure, texts in figures.items():
            for text in texts:
                seen.setdefault((figure, text), []).append(name)
    for (figure, text), names in seen.items():
        shown = f"`{names[0]}`" + (f" and {len(names) - 1} more" if len(names) > 1 else "")
        rows.append([shown, figure, text])
    return MISSES + table(["scenario", "figure", "what is wrong with it"], rows)


def page(runs, found: list[Answer], scenarios, data, version: str) -> str:
    """All of it."""
    parts = [HEAD.format(members=runs.members, version=re.sub(r"\s+", " ", version)), known_answers(found), histories(runs, data), sign_table(runs), sensitivity(runs), outside(runs, data), rests_on(scenarios), misses(scenarios)]
    return "\n".join(part.rstrip() + "\n" for part in parts)
