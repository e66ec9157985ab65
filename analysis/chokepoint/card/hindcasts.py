"""Every shipped history against what was published, in one table."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..scoring import known, program
from ..scoring.observed import read
from ..scoring.references import WORDS
from ..scoring.score import Score, score
from .markdown import listed, share, table, tonnes

SECTION = """## Histories

Exports by month against what was published, {members} members of each scenario with all its dated policy. *Ratio* is the sum of the
medians over the published sum, *worst* the month that is furthest off with its ratio. *CRPS* [t] is how far off a month is, spread
counted. *Plain* is the CRPS of the plain forecast that is hardest to beat, made from the published months alone at the end of the month
of the first control and one, two and four months later, and *ours* the CRPS over the same cases: a run with dated policy knows what came
and a plain forecast does not, so to be beaten by one is a defect. A 90 % band that is right holds 90 % of the months; it says how far
members differ, who draw different things in different scenarios, and holds no error of the record. Rows of *nil*, where nothing was
published and nothing left, follow from a ban the scenario states; they count against plain forecasts, not in *CRPS* and bands. Where
levels were read from these months (`sim/MODEL.md`, section 9) the ratio says that they were, and no more.

"""
FORECASTS = """### Forecasts

`{scenario}` with the policy that was public at the end of {origins} alone: the dates after it are taken out, and what the
authority may do is drawn. *Skill* is how much lower its CRPS is than that of the plain forecast which is hardest to beat; below 0 that one
is better. Some of the changes that the draws rest on are those of these months.

"""
RIGHT, CHANCE = 0.9, 0.05  # what a 90 % band should hold, and how seldom chance may explain that it holds less


@dataclass(frozen=True)
class History:
    """A scenario and the table it is held against; products: which of the result a row counts."""

    scenario: str
    table: str
    what: str
    products: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()  # of forecasts with the policy known then


HISTORIES = (
    History("geneva_truce", "magnets_monthly", "magnets, 2025 (`geneva_truce`)"),
    History("hindcast_2025", "magnets_monthly", "magnets, 2025 (`hindcast_2025`)", (), ("2025-04-30", "2025-05-31", "2025-06-30")),
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
    months: int  # rows of the table that are something
    nil: int  # and those in which nothing was published and nothing left
    held: int  # of the months in the 90 % band
    ratio: float
    worst: str
    worst_row: pd.Series | None
    crps: float  # of a month [t]
    ours: float  # CRPS over the cases of the plain forecast [t]
    plain: tuple[str, float] | None  # name and CRPS [t] of the plain forecast that is hardest to beat
    in50: float
    in90: float

    @property
    def beaten(self) -> bool:
        """Whether a plain forecast is better."""
        return self.plain is not None and self.plain[1] < self.ours

    @property
    def narrow(self) -> bool:
        """Whether the 90 % band holds so few months that chance would seldom do it, were months independent."""
        tail = sum(math.comb(self.months, held) * RIGHT**held * (1 - RIGHT) ** (self.months - held) for held in range(self.held + 1))
        return self.in90 < RIGHT and tail < CHANCE


def lines(history: History, found: Score) -> list[Line]:
    """A line for each series, the total first."""
    out = []
    for series, rows in found.months.groupby("series", sort=False):
        off = np.log(rows["ratio"].replace([np.inf, 0], np.nan)).abs()
        at = None if off.isna().all() else rows.loc[off.idxmax()]
        worst = "" if at is None else f"{at['period']}: {at['ratio']:.2f}"
        total = rows["observed"].sum()
        nil = (rows["observed"] == 0) & (rows["crps"] == 0)
        some = rows[~nil]
        ours, plain = best_of(found, series, "dated")
        out.append(Line(history.what, series, len(some), int(nil.sum()), int(some["in90"].sum()), rows["median"].sum() / total if total else np.nan, worst, at, some["crps"].mean(), ours, plain,
                        some["in50"].mean(), some["in90"].mean()))  # fmt: skip
    return out


def hardest(found: Score, series: str, model: str) -> str | None:
    """The plain forecast of a series that is hardest to beat; None where there is none, or all are without error as the model is."""
    if not len(found.of(model, series)):  # no month after an origin
        return None
    skills = {name: value for name, value in found.skills(series, model).items() if not np.isnan(value)}
    return min(skills, key=skills.get) if skills else None


def best_of(found: Score, series: str, model: str) -> tuple[float, tuple[str, float] | None]:
    """The CRPS of the model over the cases of the plain forecast that is hardest to beat, and that one's name and CRPS [t]."""
    name = hardest(found, series, model)
    if name is None:
        return np.nan, None
    cases = found.of(model, series)
    both = cases[cases[f"{name}_crps"].notna()]
    return both["crps"].mean(), (WORDS[name], both[f"{name}_crps"].mean())


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


def row(line: Line) -> list[str]:
    """A line as the table shows it."""
    ratio = "-" if np.isnan(line.ratio) else f"{line.ratio:.2f}"
    plain = ["-", "-", "none to be had"] if line.plain is None else [tonnes(line.ours), tonnes(line.plain[1]), line.plain[0]]
    rows = f"{line.months}" + (f" and {line.nil} nil" if line.nil else "")
    return [line.what, line.series, rows, ratio, line.worst or "-", tonnes(line.crps), share(line.in50), share(line.in90), *plain]


def verdict(every: list[Line]) -> str:
    """In words: where bands are too narrow, and where a plain forecast is better."""
    told = [line for line in every if line.months]
    months, held = sum(line.months for line in told), sum(line.held for line in told)
    out = f"Of {months} rows the 90 % band holds {held} ({share(held / months)}), the 50 % band {share(sum(line.in50 * line.months for line in told) / months)}. "
    few = [line for line in told if line.in90 < RIGHT]
    narrow = [line for line in few if line.narrow]
    out += f"**Bands are too narrow** in {len(few)} of {len(told)} series, beyond what chance would do in {len(narrow)}"
    out += (f": {listed(_short(line) for line in narrow)}. " if narrow else ". ")
    against = [line for line in told if line.plain is not None]
    beaten = [line for line in against if line.beaten]
    out += f"**A plain forecast beats the model** in {len(beaten)} of {len(against)} series that have one"
    said = [f"{_short(line)} (by {line.plain[0]}, {tonnes(line.plain[1])} against {tonnes(line.ours)})" for line in beaten]
    return out + (f": {listed(said)}." if said else ".")


def _short(line: Line) -> str:
    return f"{line.what} {line.series}"


def history_lines(runs, data) -> list[tuple[History, Score, list[Line]]]:
    """Every history with its score, worked out once for a set of runs."""
    if not runs.kept:
        for history in HISTORIES:
            found = scored(runs, history, data)
            runs.kept.append((history, found, lines(history, found)))
    return runs.kept


def section(runs, data) -> str:
    """All materials in one table, what it says in words, and the forecasts."""
    kept = history_lines(runs, data)
    every = [line for _, _, some in kept for line in some]
    heads = ["history", "series", "rows", "ratio", "worst", "CRPS", "in 50 %", "in 90 %", "ours", "plain", "which plain"]
    forecasts = "".join(_forecasts(history, found) for history, found, _ in kept if history.origins)
    return SECTION.format(members=runs.members) + verdict(every) + "\n\n" + table(heads, [row(line) for line in every]) + forecasts


def _forecasts(history: History, found: Score) -> str:
    rows = []
    for series in found.series:
        cases = found.of("known", series)
        if len(cases):
            plain = hardest(found, series, "known")
            skill = f"{share(found.skills(series, 'known')[plain])} over {WORDS[plain]}" if plain else "no plain one"
            rows.append([series, str(len(cases)), tonnes(cases["crps"].mean()), share(cases["in50"].mean()), share(cases["in90"].mean()), skill])
    every = found.of("known")
    said = f"Of {len(every)} forecasts the 50 % band holds {share(every['in50'].mean())}, the 90 % band {share(every['in90'].mean())}.\n\n"
    origins = listed(day[:7] for day in history.origins)
    worth = {series: found.skills(series, "known")[plain] for series in found.series if (plain := hardest(found, series, "known"))}
    worse = [series for series, skill in worth.items() if skill < 0]
    said = said.rstrip() + f" **A plain forecast is better in {len(worse)} of {len(worth)} series**{f': {listed(worse)}' if worse else ''}.\n\n"
    return FORECASTS.format(scenario=history.scenario, origins=origins) + said + table(["series", "forecasts", "CRPS", "in 50 %", "in 90 %", "skill"], rows)
