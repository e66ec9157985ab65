"""Facts of 2025 that a run of the shipped scenario should meet, and what it gives. Exports are held against the record in hindcasts."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..measures import controlling
from ..scoring.observed import read
from ..scoring.score import score
from ..scoring.series import authorities
from .markdown import ends, listed, table

SCENARIO, TABLE = "geneva_truce", "magnets_monthly"
PARTS = ("DEU", "EUX")  # the European Union in the scenario
SECTION = """## Facts of 2025

What the record of 2025 asks for beside what `{scenario}` gives, {members} members, days counted from the control on {control}. Where
a run counts something else than the record does, the row says so and no more. The throughputs of the scenario were set with the exports
of these months in sight, so the first rows describe and do not test. {met}

"""


@dataclass(frozen=True)
class Wanted:
    """What the record says of a figure: from low to high."""

    what: str
    low: float
    high: float
    unit: str
    note: str = ""
    counts_same: bool = True  # whether a run counts what the record counts


ERROR = Wanted("mean error of a month, all exports", 0, 15, "%", "from the month of the control")
ERROR_USA = Wanted("mean error of a month, to the United States", 0, 30, "%", "from the month after the control")
MAY_USA = Wanted("share of the United States in May", 3, 5, "%")
OUTSIDE = Wanted("dysprosium and terbium outside, day 30 over day 0", 2.3, 4, "x")
INSIDE = Wanted("the same in China", 0.85, 1.15, "x")
EARLY = Wanted("European files granted, week 9", 20, 30, "%", "published of car makers, large and early filers first; counted of all files to the region so far", False)
LATER = Wanted("European files granted, week 13", 50, 70, "%", "as above", False)
STOP = Wanted("first stop of a car line", 5, 9, "weeks")


def facts(result, observed) -> list[tuple[Wanted, np.ndarray, str]]:
    """[(what is wanted, values by member or a single one, whom of)] of a result of the scenario."""
    begins = first_control(result)
    day, control = (begins - result.start).days, result.labels("control")[0]
    months = score(result, observed).months
    after = months[months["last"] >= begins.to_period("M")]
    usa = after[(after["series"] == "USA") & (after["last"] > begins.to_period("M"))]
    may = result["exports_monthly"].read(origin="CHN")[result.done][:, list(result.labels("month").to_period("M")).index(pd.Period("2025-05", "M"))]
    magnets = [at for at, name in enumerate(result.labels("product")) if name.startswith("magnet")]
    abroad = [at for at, name in enumerate(result.labels("destination")) if name != "CHN"]
    to_usa = may[:, list(result.labels("destination")).index("USA")][:, magnets].sum(1) / may[:, abroad][:, :, magnets].sum((1, 2))
    price = {name: result[name].read(quantile=0.5, product="dytb_oxide", **where) for name, where in (("price_outside_q", {}), ("price_origin_q", {"origin": "CHN"}))}
    granted = [result["share_granted_q"].read(quantile=0.5, control=control, destination=part) for part in PARTS]
    out = [(ERROR, _errors(after[after["series"] == "WORLD"]), ""), (ERROR_USA, _errors(usa), ""), (MAY_USA, 100 * to_usa, "")]
    out += [(wanted, np.array([price[name][day + 30] / price[name][0]]), "") for wanted, name in ((OUTSIDE, "price_outside_q"), (INSIDE, "price_origin_q"))]
    titles = result.text("region_title")
    out += [(wanted, np.array([100 * one[day + 7 * week]]), titles[part]) for wanted, week in ((EARLY, 9), (LATER, 13)) for part, one in zip(PARTS, granted)]
    stops = result["first_stoppage_day"].read()[result.done].astype(float)
    for at, name in enumerate(result.labels("buyer")):
        if result.text("buyer_unit")[name] == "vehicle" and name not in inside(result):
            out.append((STOP, (np.where(stops[:, at] < 0, np.nan, stops[:, at]) - day) / 7, result.text("buyer_title")[name]))
    return out


def first_control(result) -> pd.Timestamp:
    """The day of the first export control."""
    return min(day for _, day in authorities(result).values())


def inside(result) -> set[str]:
    """Buyers in the controlling country, who need no licence."""
    return {name for name, region in zip(result.labels("buyer"), result["buyer_region"].read()) if region in controlling(result)}


def _errors(rows) -> np.ndarray:
    """The mean error of the median [%]."""
    return np.array([100 * (rows["error"].abs() / rows["observed"]).mean()])


def met(wanted: Wanted, values: np.ndarray) -> bool | None:
    """Whether the median lies in the range; None where that is not to be said."""
    if not wanted.counts_same or np.isnan(values).mean() > 0.5:
        return None
    return bool(wanted.low <= np.nanmedian(values) <= wanted.high)


def _row(wanted: Wanted, values: np.ndarray, whom: str) -> list[str]:
    there, verdict, note = values[~np.isnan(values)], met(wanted, values), wanted.note
    shown = "never" if len(there) == 0 else f"{there[0]:.3g} {wanted.unit}" if len(there) == 1 else f"{ends(there, '.3g')} {wanted.unit}"
    if wanted is STOP:
        note = f"stops in {len(there)} of {len(values)} members"
    said = "counted otherwise" if not wanted.counts_same else "-" if verdict is None else "yes" if verdict else "**no**"
    return [wanted.what + (f": {whom}" if whom else ""), f"{wanted.low:g} to {wanted.high:g} {wanted.unit}", shown, said, note]


def section(runs, data) -> str:
    """Every fact with what the run gives."""
    with runs.result(SCENARIO) as result:
        found, control = facts(result, read(data / "observed" / f"{TABLE}.csv")), first_control(result)
    judged = [(met(wanted, values), wanted, whom) for wanted, values, whom in found]
    missed = [f"{wanted.what}{f' ({whom})' if whom else ''}" for verdict, wanted, whom in judged if verdict is False]
    said = f"{sum(verdict is True for verdict, _, _ in judged)} of {sum(verdict is not None for verdict, _, _ in judged)} are met{f'; not: {listed(missed)}' if missed else ''}."
    head = SECTION.format(scenario=SCENARIO, members=runs.members, control=f"{control:%Y-%m-%d}", met=said)
    return head + table(["fact", "wanted", "in the run (median, 5 to 95 %)", "met", "note"], [_row(*one) for one in found])
