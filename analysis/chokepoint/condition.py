"""Conditions on results, for --fail-if: `lost(auto_usa) > 5 %`, `mean duty_paid() > +2000000 USD`.

    [median|mean|pNN] MEASURE(WHO) > VALUE UNIT        also >=, <, <=

WHO is a buyer, sector, region or product; nothing means all buyers. A sector, a product and all buyers are those outside the
regions whose exports are controlled. A bare value is a level in B. A
value with its sign is a change, B minus A; a change of a share is in pp, a level in %, as in scenarios.
lost is need not delivered (shortfall) and given up (given_up) together; with % and pp each means its share of the full need. A short day that never came counts as the end of the run.
"""

import operator
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .measures import MEASURES, OUTPUT, NotCounted, Reader, controlling, group_named, groups
from .pairing import NotPaired, problems
from .result import suggestion

PATTERN = re.compile(r"(?:(?P<statistic>median|mean|p\d{1,2})\s+)?(?P<measure>\w+)\((?P<who>[\w:]*)\)\s*"
                     r"(?P<comparison>[<>]=?)\s*(?P<value>[+-]?[\d.]+(?:e\d+)?|\d{4}-\d\d-\d\d)\s*(?P<unit>%|\w*)")  # fmt: skip
SHARES = {"lost": "share"} | {name: f"{name}_share" for name in MEASURES if f"{name}_share" in MEASURES}  # the measure that % and pp mean
# What was meant by what is nearly a condition: p95(lost(x)) > 5 %, lost x > 5, lost(x) = 5,5 %.
NEARLY = re.compile(r"(?:(?P<statistic>median|mean|p\d{1,2})\s*\(?\s*)?(?P<measure>[a-z_]+)\s*[(:\s]?\s*(?P<who>[\w:]*)[\s)]*"
                    r"(?P<comparison>[<>]=?|==?)\s*(?P<value>[+-]?\d+(?:[.,]\d+)?)\s*(?P<unit>%|\w*)", re.IGNORECASE)  # fmt: skip
SYNONYMS = {"unmet": "shortfall", "undelivered": "shortfall", "loss": "lost", "losses": "lost"}
EXAMPLE = "lost(auto_usa) > 5 %"
COMPARISONS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}


class BadCondition(ValueError):
    """The text of a condition is wrong; says how to write it."""


@dataclass(frozen=True)
class Condition:
    """A condition that was read; text is what the user wrote, value in the unit of the measure."""

    text: str
    statistic: str
    measure: str
    who: str
    comparison: str
    value: float
    unit: str
    is_change: bool
    date: str = ""

    def holds(self, a, b) -> tuple[bool, float]:
        """Whether it holds for B (against A), and the figure found, in the unit of the measure.

        NotPaired when a change is asked of results that are not paired; KeyError for an unknown WHO.
        """
        value = self.value
        if self.date:
            value = (pd.Timestamp(self.date) - b.start).days
        without = controlling(a) | controlling(b)
        of_b = self._values(b, without)
        if self.is_change:
            why = problems(a, b)
            if why:
                raise NotPaired(f"{self.text}: {a.path} and {b.path} are not paired: {'; '.join(why)}")
            both = np.flatnonzero(a.done & b.done)
            of_b = of_b[np.searchsorted(np.flatnonzero(b.done), both)]
            of_b = of_b - self._values(a, without)[np.searchsorted(np.flatnonzero(a.done), both)]
        found = self._statistic(of_b)
        if np.isnan(found):
            raise KeyError(f"{self.text}: {self.measure} is not counted there")
        return bool(COMPARISONS[self.comparison](found, value)), found

    def _values(self, result, without):
        group = group_named(result, self.who, without) if self.who else groups(result, "all", without)["all"]
        try:
            return Reader(result, never=result.days).values(self.measure, group)
        except NotCounted as error:
            raise BadCondition(f'"{self.text}": {error}') from error

    def _statistic(self, values):
        if self.statistic == "mean":
            return float(np.mean(values))
        return float(np.quantile(values, 0.5 if self.statistic == "median" else int(self.statistic[1:]) / 100))


def read(text: str) -> Condition:
    """A condition from its text; BadCondition says what is wrong."""
    match = PATTERN.fullmatch(text.strip())
    if not match:
        raise BadCondition(f'"{text}" is no condition; write for example "{_likely(text) or EXAMPLE}"')
    measure, value, unit = match["measure"], match["value"], match["unit"]
    if measure not in MEASURES:
        meant = SYNONYMS.get(measure.lower(), measure.lower())
        raise BadCondition(f'"{text}": no measure {measure}; {f"did you mean {meant}?" if meant in MEASURES else suggestion(measure, MEASURES)}')
    statistic = match["statistic"] or "median"
    date = value if "-" in value[1:] else ""
    if date:
        if measure != "first_short_day":
            raise BadCondition(f'"{text}": only first_short_day is set against a date')
        return Condition(text, statistic, measure, match["who"], match["comparison"], np.nan, "d", False, date)
    signed = value[0] in "+-"
    measure = SHARES.get(measure, measure) if unit in ("%", "pp") else measure
    _check_unit(text, measure, unit, signed)
    factor = 0.01 if unit in ("%", "pp") else 1
    return Condition(text, statistic, measure, match["who"], match["comparison"], factor * float(value), unit, signed)


def _likely(text: str) -> str:
    """What was likely meant by a text that is no condition; empty when nothing is likely."""
    match = NEARLY.fullmatch(text.strip())
    if not match:
        return ""
    measure = SYNONYMS.get(match["measure"].lower(), match["measure"].lower())
    comparison = ">=" if match["comparison"].startswith("=") else match["comparison"]
    value, unit = match["value"].replace(",", "."), match["unit"]
    if not unit and measure in SHARES:
        unit = "pp" if value[0] in "+-" else "%"
    meant = f"{match['statistic'] or ''} {measure}({match['who']}) {comparison} {value} {unit}".strip()
    try:
        read(meant)
    except BadCondition:
        return ""
    return meant


def _check_unit(text: str, measure: str, unit: str, signed: bool):
    if MEASURES[measure].unit == OUTPUT:
        if unit in ("", "t", "d", "%", "pp", "USD"):
            raise BadCondition(f'"{text}": {measure} is counted in the unit of the output, such as vehicle')
        return
    wanted = {"1": "%", "t": "t", "d": "d", "USD": "USD"}[MEASURES[measure].unit]
    if wanted == "%" and signed and unit == "%":
        raise BadCondition(f'"{text}": a change of a share is in percentage points; write pp for %')
    if wanted == "%" and not signed and unit == "pp":
        raise BadCondition(f'"{text}": a level is in %; write % for pp, or a sign for a change')
    if unit != wanted and not (wanted == "%" and unit == "pp"):
        share = f", or as a share of need in {'pp' if signed else '%'}" if measure in SHARES else ""
        raise BadCondition(f'"{text}": {measure} is in {wanted}{share}')
