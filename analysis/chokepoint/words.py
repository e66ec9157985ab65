"""Numbers and differences in words."""

import math

import pandas as pd

from .compare import FEW, Comparison
from .measures import MEASURES


def number(value: float, digits: int = 3) -> str:
    """Significant digits with thousands separators, at most three decimals: 1,560 for 1557.4; ~0, and - for NaN."""
    if value is None or math.isnan(value):
        return "-"
    if value == 0:
        return "0"
    places = min(3, digits - 1 - math.floor(math.log10(abs(value))))
    rounded = round(value, places)
    if rounded == 0:
        return "~0"
    return f"{rounded:,.{max(0, places)}f}"


def large(value: float) -> str:
    """A count in words from a million on: 10.5 million."""
    return f"{number(value / 1e6)} million" if abs(value) >= 1e6 else number(value)


def quantity(value: float, unit: str) -> str:
    """Value with its unit as people write it: shares in %, dollars in million, a count of things in the plural."""
    if unit == "1":
        return f"{number(100 * value)} %"
    if unit == "USD":
        return f"{number(value / 1e6)} million USD"
    if unit in ("t", "d"):
        return f"{number(value)} {unit}"
    return f"{large(value)} {unit}s"


def change(value: float, unit: str) -> str:
    """A difference with its sign; of shares in percentage points."""
    text = f"{number(100 * value)} pp" if unit == "1" else quantity(value, unit)
    return "+" + text if value > 0 and not text.startswith("~") else text


def interval(low: float, high: float, unit: str) -> str:
    """`+1.2 to +3.4 t`: both ends of a difference, the unit once; - without one."""
    if math.isnan(low) or math.isnan(high):
        return "-"
    if low == high:
        return change(low, unit)
    first, last = change(low, unit), change(high, unit)
    return f"{first.split(' ')[0]} to {last}"


def _direction(value: float, measure: str) -> str:
    """A date is later or earlier, an amount more or less."""
    more, less = ("later", "earlier") if measure == "first_short_day" else ("more", "less")
    return more if value > 0 else less


def difference(value: float, unit: str, measure: str = "lost") -> str:
    """A difference without a sign: 2.16 t less, 3 pp more, 2 d earlier, no different."""
    if value == 0:
        return "no different"
    return f"{change(abs(value), unit).removeprefix('+')} {_direction(value, measure)}"


def between(low: float, high: float, unit: str, measure: str = "lost") -> str:
    """Both ends of a difference without signs: 112 to 136 t more; 4.97 t less to 0.121 t more."""
    if math.isnan(low) or math.isnan(high) or low == high:
        return "-" if math.isnan(low) or math.isnan(high) else difference(low, unit, measure)
    if low * high <= 0:
        return f"{difference(low, unit, measure)} to {difference(high, unit, measure)}"
    near, far = sorted((low, high), key=abs)
    return f"{change(abs(near), unit).removeprefix('+').split(' ')[0]} to {difference(far, unit, measure)}"


def sentence(comparison: Comparison, label: str, measure: str = "lost") -> str:
    """One difference as a sentence; KeyError when the label or the measure was not compared."""
    row = comparison.of(measure).loc[label]
    who, what, unit = comparison.titles[label], MEASURES[measure].words, row["unit"]
    if row["mean"] == 0 and not row["high"] > row["low"]:
        return f"{who}: {what} is the same in {comparison.b} as in {comparison.a}."
    a, b = quantity(row["mean_a"], unit), quantity(row["mean_b"], unit)
    mean = "" if comparison.members == 1 else "mean "
    levels = f"{mean}{b} in both, as rounded" if a == b else f"{mean}{b}, against {a} in {comparison.a}"
    on_average = "" if comparison.members == 1 else "on average "
    text = f"{who}: {what} is {on_average}{difference(row['mean'], unit, measure)} in {comparison.b} ({levels}; {ends(comparison, row, measure)})"
    if not comparison.paired:
        return f"{text}; NOT PAIRED."
    worse, better = (round(row[way] * comparison.members) for way in ("worse", "better"))
    return f"{text}; worse in {worse} and better in {better} of {comparison.members} members."


def ends(comparison: Comparison, row, measure: str = "lost") -> str:
    """How far the mean difference of a row may be off, in words; of few pairs the extremes, which no bootstrap makes too narrow."""
    if comparison.members == 1:
        return "one member, no interval"
    first, last = comparison.ends
    return f"{ends_named(comparison)} {between(row[first], row[last], row['unit'], measure)}"


def ends_named(comparison: Comparison) -> str:
    """What the two ends are."""
    if comparison.ends == ("least", "most"):
        return f"lowest to highest of {comparison.members} pairs"
    return f"{'rough ' if comparison.few else ''}90 % interval of the mean"


def caution(comparison: Comparison) -> str:
    """What to say of few members, "" of many."""
    if not comparison.few:
        return ""
    if comparison.paired:
        return (f"{comparison.members} pairs are too few for an interval of the mean: the lowest and the highest pair are given; "
                f"run at least {FEW} members")  # fmt: skip
    return f"{comparison.members} members are few: the interval of the mean is rough and rather too short; run at least {FEW}"


def alone(comparison: Comparison, measure: str = "lost") -> list[str]:
    """A sentence with the level of each group that stands on one side only."""
    out = []
    for label, title in comparison.titles.items():
        found = comparison.alone[comparison.alone.index.get_level_values(0) == label] if len(comparison.alone) else comparison.alone
        for (_, name, unit), row in found.iterrows():
            if name == measure:
                where = comparison.a if row["side"] == "a" else comparison.b
                spread = f", 5 to 95 % of members {quantity(row['low'], unit).split(' ')[0]} to {quantity(row['high'], unit)}" if row["high"] > row["low"] else ""
                out.append(f"Only in {where}: {title}, {MEASURES[measure].words} {quantity(row['mean'], unit)} on average{spread}.")
    return out


def largest(comparison: Comparison, measure: str = "lost") -> pd.DataFrame:
    """Rows of a measure that differ at all, the largest mean difference first."""
    rows = comparison.of(measure)
    rows = rows[(rows["mean"] != 0) | (rows["high"] > rows["low"]) | (rows["worse"] > 0)]
    return rows.loc[rows["mean"].abs().sort_values(ascending=False, kind="stable").index]


def summary(comparison: Comparison, measure: str = "lost", most: int = 5) -> list[str]:
    """The largest differences whose sign is clear as sentences, how many more there are, of how many it is not, who does not differ,
    and the level of who is on one side only."""
    rows, table = largest(comparison, measure), comparison.of(measure)
    clear = [label for label, row in rows.iterrows() if comparison.members == 1 or min(row[list(comparison.ends)]) > 0 or max(row[list(comparison.ends)]) < 0]
    lines = [sentence(comparison, label, measure) for label in clear[:most]]
    if len(clear) > most:
        left = len(clear) - most
        lines.append(f"{left} more {'differs' if left == 1 else 'differ'} less; the table has {'it' if left == 1 else 'them'}.")
    if len(rows) > len(clear):
        left = len(rows) - len(clear)
        lines.append(f"Of {left} {'more ' if clear else ''}the sign is not clear: some members lose more and some less, or the interval of the mean holds 0{'' if comparison.paired else '; NOT PAIRED'}.")
    same = [comparison.titles[label] for label in table.index if label not in rows.index]
    if same:
        lines.append(f"The same in every member: {'; '.join(same)}.")
    return lines + alone(comparison, measure)


def unpaired_warning(comparison: Comparison) -> str:
    """What to say above a table of results that are not paired."""
    why = "; ".join(comparison.problems)
    return f"NOT PAIRED ({why}): differences hold the chance of both runs, and no member can be called worse"
