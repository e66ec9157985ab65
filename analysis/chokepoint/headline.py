"""The headline figures of a run: who, how much, when, how likely, with the spread over members."""

import numpy as np
import pandas as pd

from .measures import MEASURES, NOTABLE, OUTPUT, NotCounted, Reader, groups
from .result import Result

STATISTICS = ("median", "low", "high", "chance")  # low and high: 5 % and 95 % of members


def headline(result: Result, by: str = "buyer") -> pd.DataFrame:
    """Headline figures of each buyer, sector, region or product, over the members that are done.

    Index (by, measure, unit); columns median, low (5 %), high (95 %) over members, and chance: the share
    of members that lose over 1 % of full need (lost), leave any need undelivered (shortfall), have a shortfall
    (first_short_day), else NaN. median, low and high of
    first_short_day are over the members that have one. Lost output is given by buyer only, its value of
    the buyers that state one. Groups that need nothing are left out.
    """
    reader, rows = Reader(result), []
    units = result.text("buyer_unit")
    for label, group in groups(result, by).items():
        share = reader.values("share", group)
        if np.isnan(share).all():
            continue
        for name, spec in MEASURES.items():
            try:
                values = reader.values(name, group)
            except NotCounted:
                continue
            if np.isnan(values).all() and (spec.unit == OUTPUT or name.endswith("_value")):
                continue
            unit = units.get(label, "1") if spec.unit == OUTPUT else spec.unit
            rows.append((label, name, unit, *_spread(values), _chance(name, values, share)))
    frame = pd.DataFrame(rows, columns=[by, "measure", "unit", *STATISTICS])
    return frame.set_index([by, "measure", "unit"])


def _spread(values: np.ndarray) -> tuple[float, float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return np.nan, np.nan, np.nan
    low, median, high = np.quantile(known, [0.05, 0.5, 0.95])
    return median, low, high


def _chance(name: str, values: np.ndarray, share: np.ndarray) -> float:
    if name in ("lost", "share"):
        return float((share > NOTABLE).mean())
    if name in ("shortfall", "shortfall_share"):
        return float((values > 0).mean())
    return float((~np.isnan(values)).mean()) if name == "first_short_day" else np.nan


def peak(result: Result) -> pd.DataFrame:
    """Worst week of each buyer: index (buyer, unit), columns median, low, high over members [1, share of need].

    Need lost in a week over all materials, over its need (the stored medians of need and of need given up on each
    day). Reads the weekly series of every member.
    """
    weekly = sum(result.loss(name)[result.done].sum(3) for name in ("shortfall", "given_up"))  # [member, week, buyer] t
    lengths = np.diff(np.append((result.labels("week") - result.start).days, result.days))  # [week] d
    daily = sum(result.loss(name, quantile=0.5).sum(2) for name in ("need_q", "given_up_q"))  # [day, buyer] t
    need = np.add.reduceat(daily, np.append(0, lengths[:-1].cumsum()), axis=0)  # [week, buyer] t
    with np.errstate(invalid="ignore", divide="ignore"):
        # Medians of need by day do not add up to the need of one member's week, so a full loss may come out above it.
        share = np.nanmax(np.minimum(np.where(need > 0, weekly / need, 0), 1), axis=1)
    rows = pd.MultiIndex.from_product([result.labels("buyer"), ["1"]], names=["buyer", "unit"])
    return pd.DataFrame([_spread(column) for column in share.T], index=rows, columns=["median", "low", "high"])
