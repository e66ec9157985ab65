"""Every shipped history against what was published, in one table."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..scoring import known, program
from ..scoring.observed import read
from ..scoring.references import NAMES, WORDS
from ..scoring.score import Score, score


@dataclass(frozen=True)
class History:
    """A scenario and the table it is held against; products: which of the result a row counts."""

    scenario: str
    table: str
    what: str
    products: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()  # of forecasts with the policy known then


HISTORIES = (
    History("hindcast_2025", "magnets_monthly", "magnets, 2025", (), ("2025-04-30", "2025-05-31", "2025-06-30")),
    History("antimony_ban_2024", "antimony_monthly", "antimony, 2024", ("sb_metal", "sb_oxide", "sb_chemicals")),
    History("gallium_germanium_2023", "gallium_monthly", "gallium, 2023", ("ga_metal",)),
    History("gallium_germanium_2023", "germanium_monthly", "germanium, 2023", ("ge_metal",)),
    History("graphite_2023", "graphite_monthly", "graphite, 2023"),
    History("rare_earths_2010", "rare_earths_2010", "rare earths, 2010", ("re_light", "re_magnet")),
)


@dataclass
class Line:
    """One series of one history."""

    what: str
    series: str
    months: int
    ratio: float
    worst: str
    crps: float
    in50: float
    in90: float


def lines(history: History, found: Score) -> list[Line]:
    """A line for each series, the total first."""
    out = []
    for series, rows in found.months.groupby("series", sort=False):
        ratios = rows["ratio"].replace([np.inf, 0], np.nan)
        off = np.log(ratios).abs()
        worst = "" if off.isna().all() else f"{rows.loc[off.idxmax(), 'period']}: {rows.loc[off.idxmax(), 'ratio']:.2f}"
        total = rows["observed"].sum()
        out.append(Line(history.what, series, len(rows), rows["median"].sum() / total if total else np.nan, worst, rows["crps"].mean(), rows["in50"].mean(), rows["in90"].mean()))
    return out


def scored(runs, history: History, data) -> Score:
    """The score of a history; where origins are named, with runs that know only the policy public then."""
    table = read(data / "observed" / f"{history.table}.csv")
    opened, others = [], {}
    try:
        for origin in history.origins:
            day = pd.Timestamp(origin)
            path = runs.scenarios / f"{history.scenario}.yaml"
            fragment = runs.folder / f"{history.scenario}_known_{day:%Y_%m_%d}.yaml"
            fragment.write_text(known.fragment(path, program.effective(path), day)[0].replace(f"extends: {path.name}", f"extends: {path}"), encoding="utf-8")
            context = runs.result(fragment.stem, known=fragment)
            others[day.to_period("M")] = context.__enter__()
            opened.append(context)
        with runs.result(history.scenario) as result:
            return score(result, table, products={"": list(history.products)} if history.products else None, known=others)
    finally:
        for context in opened:
            context.__exit__(None, None, None)


def best_plain(found: Score, series: str, model: str) -> tuple[str, float] | None:
    """The plain forecast with the lowest CRPS in a series, in words, and the model's skill over it."""
    skills = {name: value for name, value in found.skills(series, model).items() if name in NAMES and not np.isnan(value)}
    if not skills:
        return None
    name = min(skills, key=skills.get)
    return WORDS[name], skills[name]
