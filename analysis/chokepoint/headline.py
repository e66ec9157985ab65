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
    first_short_day are over the members that have one. Lost output and the worst week are given by buyer only, the
    value of lost output of the buyers that state one. Groups that need nothing are left out.
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
