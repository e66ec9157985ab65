"""Scores of a result beside observations and plain forecasts, by series, origin and month."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ..result import Result
from . import rules
from .known import later
from .observed import Observed
from .references import NAMES, WORDS, Control, References
from .series import Series, Unscorable, control

AFTER_CONTROL = (0, 1, 2, 4)  # months from that of the first control to the default origins
HORIZON = 7  # months
MODELS = {"dated": "all dated policy", "known": "policy known at the origin"}


@dataclass
class Score:
    """What score() found; quantities are in t, series are called as in tables.

    months: one row a series and period the result covers; columns series, period, last (Period), months (how many), origin_before (whether a
      default or given origin lies before it), observed, median, ratio, error (median less observed), low50, high50, low90,
      high90, in50, in90, crps.
    cases: one row a model ("dated", "known"), series, origin (Period) and period after it; columns of months, horizon (months), and
      a forecast and its absolute error by name of references.NAMES (`last`, `last_crps`, ...).
    fans: one row a series and month of the run, from the first month observed to the end of the last horizon; columns series, month
      (Period), low90, low50, median, high50, high90.
    series, origins, notes; missing: references that no case has; control: None where the scenario has none.
    """

    months: pd.DataFrame
    cases: pd.DataFrame
    fans: pd.DataFrame
    series: list[str]
    origins: list[pd.Period]
    members: int
    control: Control | None
    notes: list[str] = field(default_factory=list)

    @property
    def known(self) -> bool:
        """Whether a run with known policy alone was scored too."""
        return bool((self.cases["model"] == "known").any())

    @property
    def missing(self) -> list[str]:
        """References that the observations do not allow at any origin."""
        return [name for name in NAMES if not len(self.cases) or self.cases[f"{name}_crps"].isna().all()]

    def of(self, model: str = "dated", series: str | None = None, origin=None, horizon: int | None = None) -> pd.DataFrame:
        """Cases of a model, and of one series, origin or horizon."""
        found = self.cases[self.cases["model"] == model]
        for column, wanted in (("series", series), ("origin", origin), ("horizon", horizon)):
            if wanted is not None:
                found = found[found[column] == wanted]
        return found

    def skills(self, series: str, model: str = "dated") -> dict[str, float]:
        """{reference: 1 - CRPS / CRPS of the reference} over the cases that have both."""
        cases = self.of(model, series)
        return {name: rules.skill(cases["crps"], cases[f"{name}_crps"]) for name in NAMES}


def score(result: Result, observed: Observed, origins=None, horizon: int = HORIZON, products=None, exporter: str = "",
          known: dict | None = None) -> Score:  # fmt: skip
    """Scores a result, a run with all dated policy, against a table of observations.

    origins: Periods (months) at whose end a forecast is made; by default the end of the month of the first control and one, two and four
    months later. horizon: months after the origin. known: {origin: Result} of runs without policy dated after the origin, scored for that
    origin. Unscorable when table and result do not meet, or a result holds policy from after its origin.
    """
    model = Series(result, observed, products, exporter)
    begins, note = control(result, model.exporter)
    origins = sorted(set(origins or _default_origins(result, begins)) | set(known or {}))
    notes = [*observed.notes, *model.notes, *([note] if note else [])]
    others = {}
    for origin, other in (known or {}).items():
        if found := later(other.leaves, origin.end_time):
            raise Unscorable(f"{other.path}: holds policy from after {origin.end_time:%Y-%m-%d}: {', '.join(found[:3])}; "
                             "make the scenario with: chokepoint score --scenario FILE --origin DATE -o FILE")  # fmt: skip
        others[origin] = Series(other, observed, products, model.exporter)
    rows = [(name, row) for name in model.names for row in observed.series[name]]
    covered = [(name, row) for name, row in rows if model.covers(row.months)]
    left = [row for name, row in rows if not model.covers(row.months)]
    if left:
        ends = f"{min(row.first for row in left)} to {max(row.last for row in left)}"
        notes.append(f"{len(left)} of {len(rows)} observations are of months the result does not hold ({ends})")
    if not covered:
        raise Unscorable(f"{observed.path}: no month of the table lies in the run, {result.start:%Y-%m-%d} and {result.days} d")
    months = pd.DataFrame([_judged(model, name, row) | {"origin_before": row.first > origins[0]} for name, row in covered])
    cases = [case for origin in origins for case in _cases(model, others.get(origin), observed, covered, origin, horizon, begins)]
    notes += _unobserved(origins, horizon, covered)
    fans = pd.DataFrame(_fans(model, covered, origins[-1] + horizon))
    return Score(months, pd.DataFrame(cases, columns=None if cases else [*months, "model"]), fans, list(dict.fromkeys(months["series"])), origins, result.members_done, begins, notes)


def _judged(model: Series, name, row) -> dict:
    """One forecast of a model beside what came."""
    members = model.members(name, row.months)
    (low50, high50), (low90, high90) = rules.band(members, 50), rules.band(members, 90)
    middle = float(np.median(members))
    return {"series": model.title(name), "period": row.name, "last": row.last, "months": len(row.months), "observed": row.tonnes, "median": middle,
            "ratio": middle / row.tonnes if row.tonnes else np.nan, "error": middle - row.tonnes, "low50": low50, "high50": high50,
            "low90": low90, "high90": high90, "in50": low50 <= row.tonnes <= high50, "in90": low90 <= row.tonnes <= high90,
            "crps": rules.crps(members, row.tonnes)}  # fmt: skip


def _cases(model, other, observed, covered, origin, horizon, begins):
    """Cases of one origin: every covered period after it, within the horizon."""
    for name, row in covered:
        ahead = (row.last - origin).n
        if row.first <= origin or ahead > horizon:
            continue
        plain = References(observed.series[name], origin, begins)
        said = {one: plain.forecast(one, row.months) for one in NAMES}
        beside = {"origin": origin, "horizon": ahead, **said, **{f"{one}_crps": abs(value - row.tonnes) for one, value in said.items()}}
        yield {"model": "dated", **_judged(model, name, row), **beside}
        if other is not None and other.covers(row.months):
            yield {"model": "known", **_judged(other, name, row), **beside}


def _fans(model, covered, until):
    """Bands of every month the run holds, by series."""
    for name in dict.fromkeys(name for name, _ in covered):
        first = min(row.first for one, row in covered if one == name)
        for month in model.months:
            if first <= month <= until and model.covers([month]):
                members = model.members(name, [month])
                (low50, high50), (low90, high90) = rules.band(members, 50), rules.band(members, 90)
                yield {"series": model.title(name), "month": month, "low90": low90, "low50": low50, "median": float(np.median(members)),
                       "high50": high50, "high90": high90}  # fmt: skip


def _default_origins(result, begins):
    if begins is None:
        raise Unscorable(f"{result.path}: its scenario controls no exports, so nothing says from when to forecast; name a month: --origin 2025-04-30")
    return [begins.begins.to_period("M") + step for step in AFTER_CONTROL]


def _unobserved(origins, horizon, covered):
    """Notes on origins after which the table has nothing yet."""
    last = max(row.last for _, row in covered)
    return [f"origin {origin.end_time:%Y-%m-%d}: the table has no month after it; a later table will do" for origin in origins if origin >= last]


def beaten_by(found: Score, series: str) -> list[str]:
    """References, in words, that have a lower CRPS than the model in a series."""
    return [WORDS[name] for name, value in found.skills(series).items() if value < 0]
