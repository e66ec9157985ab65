"""What the episode costs an economy, beside what others estimated."""

import csv
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..measures import NotCounted, Reader, groups
from ..scoring.program import effective
from .markdown import table

SCENARIO = "geneva_truce"
SECTION = """## Beside estimates of others

Value added lost in the {days} days of a run as a share of the gross domestic product of those since the control, median and 5 to 95 % of
{members} members: what makers lose here that state a value, which is car makers alone, times the multiplier of the scenario ({multiplier}). *As
it came* is `{scenario}`, where licences come back after ten weeks. *Held* keeps the throughput of May 2025 to the end and is the nearer case:
the estimate of the ECB keeps the fall of April and May for 18 months, that of the IMF takes four fifths of the supply away. What electronics,
machines and defense lose is in theirs and not in ours.

"""

# The throughput of May 2025 to the end.
HELD = ("licensing.mofcom_18.throughput.levels.london=null", "licensing.mofcom_18.throughput.levels.eu_summit=null")
MONEY = {"million": 1e6, "billion": 1e9}


@dataclass
class Beside:
    """One published estimate and ours for the same region [% of its gross domestic product over the days since the control]."""

    author: str
    region: str
    published: str
    what: str
    lost: tuple[float, float, float]  # 5, 50 and 95 %: value added lost by buyers that state one, times the multiplier of the scenario


def _dollars(text: str) -> float:
    number, *unit = text.split()
    return float(number) * MONEY.get(unit[0], 1)


def beside(result, scenario, table) -> list[Beside]:
    """The rows of outside_estimates.csv with what a result of the scenario says."""
    tree = effective(scenario)
    multiplier = float(tree["economy"]["multiplier"].split()[0])
    begins = min(pd.Timestamp(body["from"]) for body in tree["licensing"].values() if body["from"] != "never")
    years = (result.days - (begins - result.start).days) / 365
    out = []
    with open(table, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            gdp = _dollars(tree["regions"][row["region"]]["gdp"])
            buyers = [name for name, body in tree["buyers"].items() if body["region"] == row["region"] and "value" in body]
            lost = sum(_lost(result, name) for name in buyers)
            share = 100 * multiplier * lost / (gdp * years)
            low_high = row["low"] if row["low"] == row["high"] else f"{row['low']} to {row['high']}"
            bands = tuple(float(value) for value in np.quantile(share, (0.05, 0.5, 0.95)))
            out.append(Beside(row["author"], row["region"], f"{low_high} %", row["what"], bands))
    return out


def _lost(result, buyer: str) -> np.ndarray:
    try:
        return Reader(result).values("output_lost_value", groups(result, "buyer")[buyer])
    except NotCounted:
        return np.zeros(int(result.done.sum()))


def section(runs, data) -> str:
    """Value added lost beside what others estimated."""
    scenario, estimates = runs.scenarios / f"{SCENARIO}.yaml", data / "outside_estimates.csv"
    with runs.result(SCENARIO) as result:
        came, days = beside(result, scenario, estimates), result.days
    with runs.result(SCENARIO, *HELD) as result:
        held = beside(result, scenario, estimates)
    rows = [[a.author, a.region, a.published, a.what, _band(a.lost), _band(b.lost)] for a, b in zip(came, held)]
    head = SECTION.format(scenario=SCENARIO, members=runs.members, days=days, multiplier=effective(scenario)["economy"]["multiplier"])
    return head + table(["author", "region", "published", "of what", "as it came", "held"], rows)


def _band(band) -> str:
    low, middle, high = (f"{value:.2g}" for value in band)
    return f"{middle} % ({low} to {high})"
