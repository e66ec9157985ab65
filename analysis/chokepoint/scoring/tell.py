"""A score in plain English and in tables of at most 80 letters a line."""

import re
import textwrap

import numpy as np
import pandas as pd

from ..cli.table import aligned
from ..words import number
from . import rules
from .references import NAMES, WORDS
from .score import MODELS, Score, beaten_by

WIDE = 80
FITTED = ("A scenario's levels may have been set with these very months in sight: only months published after it was written test it.")


def told(found: Score, name: str) -> str:
    """The whole answer as text."""
    parts = [wrapped(sentence(found, name)), wrapped(coverage(found)), f"{wrapped(FITTED)}", by_series(found), record(found)]
    for series in found.series:
        if len(found.of(series=series)):
            parts.append(origins(found, series))
    parts += [horizons(found, found.series[0]), legend(found)]
    return "\n\n".join(part for part in parts if part)


def sentence(found: Score, name: str) -> str:
    """How well it did, and what beats it: of the first series, over every case."""
    series = found.series[0]
    cases = found.of(series=series)
    if not len(cases):
        return f"{name}: no month of the table lies within the horizon after an origin, so there is nothing to score yet."
    out = f"{name}, {series}: {_verdict(found, series, 'dated')}"
    if len(found.of("known", series)):
        out += f" With only the policy known at each origin: {_verdict(found, series, 'known')}"
    others = {one: beaten_by(found, one) for one in found.series[1:] if not found.cases.empty}
    lost = [f"{one} ({' and '.join(names)})" for one, names in others.items() if names]
    if lost:
        out += f" A plain forecast is better in {len(lost)} of {len(others)} other series: {', '.join(lost)}."
    elif others:
        out += f" In none of the {len(others)} other series is a plain forecast better."
    return out


def _verdict(found, series, model) -> str:
    cases = found.of(model, series)
    score, best, lost = cases["crps"].mean(), [], []
    for one in NAMES:
        worth = rules.skill(cases["crps"], cases[f"{one}_crps"])
        if not np.isnan(worth):
            (best if worth >= 0 else lost).append((worth, one))
    many = f"{len(cases)} forecasts of {cases['period'].nunique()} months" if len(cases) > 1 else "1 forecast"
    out = f"off by {number(score)} t a month (CRPS, {many})"
    if lost:
        named = ", ".join(f"{WORDS[one]} ({'which was exact' if np.isinf(worth) else f'by {_percent(-worth)}'})" for worth, one in sorted(lost))
        return f"{out}. It is beaten by {named}."
    if best:
        worth, one = min(best)
        ratio = 1 / (1 - worth) if worth < 1 else np.inf
        how = "endlessly further" if np.isinf(ratio) else f"{ratio:.1f} times as far" if ratio >= 2 else f"{_percent(ratio - 1)} further"
        return f"{out}, and no plain forecast beats it: the nearest is {WORDS[one]}, which is {how} off."
    return f"{out}. The observations allow no plain forecast to set it against."


def _percent(share) -> str:
    return f"{100 * share:.0f} %"


def coverage(found: Score) -> str:
    """How often the bands held: over all published months, and over those after an origin."""
    many = f"{len(found.months)} published months of {len(found.series)} series" if len(found.series) > 1 else f"{len(found.months)} published months"
    said = [f"Of {many} the 50 % band holds {_held(found.months, 50)} and the 90 % band {_held(found.months, 90)}"]
    for model in MODELS:
        cases = found.of(model)
        if len(cases):
            said.append(f"of {len(cases)} forecasts with {MODELS[model]} {_held(cases, 50)} and {_held(cases, 90)}")
    few = f" Of {found.members} members the 90 % band can hold {_percent((found.members - 1) / (found.members + 1))} at most." if found.members < 19 else ""
    return "; ".join(said) + "." + few


def _held(rows, per_cent) -> str:
    return _percent(rows[f"in{per_cent}"].mean())


def by_series(found: Score) -> str:
    """Each series over its months: how far off the median is, and how often the bands hold."""
    rows = []
    for name in found.series:
        months = found.months[found.months["series"] == name]
        total = months["observed"].sum()
        rows.append([name, str(len(months)), f"{months['median'].sum() / total:.2f}" if total else "-", _mean_error(months), _held(months, 50), _held(months, 90),
                     number(months["crps"].mean())])  # fmt: skip
    return "By series: sums of median over published, mean error of a month, months in bands\n" + aligned(
        ["series", "months", "ratio", "mean error", "50 %", "90 %", "CRPS"], rows)  # fmt: skip


def _mean_error(months) -> str:
    known = months[months["observed"] > 0]
    return _percent((known["error"].abs() / known["observed"]).mean()) if len(known) else "-"


def record(found: Score) -> str:
    """Every published month beside the result."""
    rows = []
    for _, row in found.months.iterrows():
        rows.append([row["series"], row["period"], number(row["observed"], 4), number(row["median"], 4),
                     "-" if np.isnan(row["ratio"]) else f"{row['ratio']:.2f}", _signed(row["error"]), _where(row, 50), _where(row, 90), number(row["crps"])])  # fmt: skip
    return "Published and in the result, t (error: median less published; band: where the\npublished value lies)\n" + aligned(
        ["series", "month", "published", "median", "ratio", "error", "50 %", "90 %", "CRPS"], rows)  # fmt: skip


def _where(row, per_cent) -> str:
    if row[f"in{per_cent}"]:
        return "in"
    return "below" if row["observed"] < row[f"low{per_cent}"] else "above"


def _signed(value) -> str:
    return ("+" if value > 0 else "") + number(value)


def _shown(found) -> list[str]:
    return [name for name in NAMES if name not in found.missing]


def origins(found: Score, series: str) -> str:
    """CRPS of one series by origin, beside the plain forecasts, and the skill over all of them."""
    models = ["dated", *(["known"] if len(found.of("known", series)) else [])]
    rows = []
    for origin in found.origins:
        cases = {model: found.of(model, series, origin) for model in models}
        if len(cases["dated"]):
            rows.append([str(origin), str(len(cases["dated"])), *(_mean(cases[model]["crps"]) for model in models),
                         *(_mean(cases["dated"][f"{name}_crps"]) for name in _shown(found))])  # fmt: skip
    for model in models:
        worth = found.skills(series, model)
        rows.append([f"skill, {model}", "", *[""] * len(models), *(_worth(worth[name]) for name in _shown(found))])
    return f"{series}: mean CRPS after each origin, t\n" + aligned(["end of", "months", *models, *_shown(found)], rows)


def _worth(skill) -> str:
    return "-" if np.isnan(skill) else "exact" if np.isinf(skill) else _percent(skill)


def horizons(found: Score, series: str) -> str:
    """CRPS of one series by horizon."""
    models = ["dated", *(["known"] if len(found.of("known", series)) else [])]
    rows = []
    for horizon in sorted(found.of(series=series)["horizon"].unique() if len(found.cases) else []):
        cases = {model: found.of(model, series, horizon=horizon) for model in models}
        rows.append([str(horizon), str(len(cases["dated"])), *(_mean(cases[model]["crps"]) for model in models),
                     *(_mean(cases["dated"][f"{name}_crps"]) for name in _shown(found))])  # fmt: skip
    return f"{series}: mean CRPS by months ahead, t\n" + aligned(["ahead", "months", *models, *_shown(found)], rows) if rows else ""


def _mean(values) -> str:
    return "-" if values.isna().all() else number(values.mean())


def legend(found: Score) -> str:
    """What the columns mean, and what is not there."""
    lines = [f"CRPS: how far off a forecast is, its spread counted; of a plain forecast the error. Skill: how much less than the plain one; "
             f"below 0 the plain one is better, exact where it was without error. dated: {MODELS['dated']}, also that after the origin" + (f"; known: {MODELS['known']}." if found.known else ".")]  # fmt: skip
    lines.append("Plain forecasts, from the published months up to the origin alone: " + "; ".join(f"{one} is {WORDS[one]}" for one in _shown(found)) + "."
                 if _shown(found) else "The published months allow no plain forecast.")  # fmt: skip
    if found.missing and len(_shown(found)):
        lines.append(f"Not to be had from this table: {', '.join(WORDS[one] for one in found.missing)}.")
    return "\n".join(wrapped(line) for line in [*lines, *(f"Note: {note}." for note in found.notes)])


def wrapped(text) -> str:
    kept = re.sub(r"(?<=\d) (?=%|t\b)", "\u00a0", text)  # a number stays with its unit
    return textwrap.fill(kept, WIDE, break_long_words=False, break_on_hyphens=False).replace("\u00a0", " ")


def as_json(found: Score, name: str, observed) -> dict:
    """Every figure, for scripts; what is not finite is null."""
    return {"scenario": name, "observed": str(observed), "unit": "t", "members": found.members, "said": sentence(found, name), "notes": found.notes,
            "origins": [str(one) for one in found.origins], "coverage": {str(band): float(found.months[f"in{band}"].mean()) for band in rules.BANDS},
            "coverage_of_forecasts": {model: {str(band): float(found.of(model)[f"in{band}"].mean()) for band in rules.BANDS}
                                      for model in MODELS if len(found.of(model))},
            "skill": {model: {series: {one: _plain(value) for one, value in found.skills(series, model).items()} for series in found.series}
                      for model in MODELS if len(found.of(model))},
            "months": _records(found.months), "cases": _records(found.cases)}  # fmt: skip


def _records(frame: pd.DataFrame) -> list[dict]:
    return [{key: _plain(value) for key, value in row.items()} for row in frame.to_dict("records")]


def _plain(value):
    if isinstance(value, pd.Period):
        return str(value)
    if isinstance(value, (float, np.floating)):
        return float(value) if np.isfinite(value) else None
    return bool(value) if isinstance(value, (bool, np.bool_)) else int(value) if isinstance(value, np.integer) else value
