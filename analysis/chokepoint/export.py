"""Long tables out of results: tidy CSV with every axis a column, and the IAMC layout pyam reads."""

import numpy as np
import pandas as pd

from .collection import Collection
from .result import Result
from .variables import VARIABLES

IAMC = ("model", "scenario", "region", "variable", "unit", "time", "value")
QUANTILES = (0.05, 0.5, 0.95)
DATES = ("time", "week", "month")
AXES = tuple(dict.fromkeys(dim for spec in VARIABLES.values() for dim in spec.dims if dim not in (*DATES, "member", "quantile")))
TIDY = ("scenario", "variable", "unit", "member", "quantile", "date", *AXES, "value")
PER_RUN = "run"  # stands for: every variable with one value a member and run


def per_run(result: Result) -> list[str]:
    """Variables with one value a member, per entity."""
    return [name for name in result if result[name].dims[:1] == ("member",) and not set(DATES) & set(result[name].dims)
            and name not in ("member", "member_status", "member_error")]  # fmt: skip


def tidy(result: Result, variables=None) -> pd.DataFrame:
    """Columns TIDY, one row a value of the variables (those of per_run by default); axes a variable lacks are empty.

    AXES are all that a result may have. Members that are not done, and values that are NaN (no need, not counted), are left out.
    """
    frames = []
    for name in dict.fromkeys(variables or per_run(result)):
        variable = result[name]
        if name in variable.dims:
            raise KeyError(f"{name} is an axis, not a variable; its labels stand in the rows of others")
        frame = variable.frame().reset_index().rename(columns={name: "value"})
        if "member" in frame:
            frame = frame[result.done[np.searchsorted(result.labels("member"), frame["member"])]]
        frame = frame.rename(columns={one: "date" for one in DATES})
        frames.append(frame.dropna(subset=["value"]).assign(variable=name, scenario=result.scenario))
    return pd.concat(frames, ignore_index=True).reindex(columns=list(TIDY))


def iamc(result: Result, quantiles=QUANTILES) -> pd.DataFrame:
    """Columns IAMC: weekly and monthly series as quantiles over members, in the long layout pyam.IamDataFrame takes.

    Variables read `Unmet Need|Automotive|auto_usa|magnet_hre|50th Percentile` (region: the buyer's) and
    `Exports|To USA|magnet_hre|...` (region: the origin), `Covert Arrivals|by_thailand|...` (region: World).
    time is the first day of the week or month. Entities that are zero or NaN throughout are left out.
    """
    parts = [_buyers(result, name, words, quantiles) for name, words in (("shortfall", "Unmet Need"), ("given_up", "Need Given Up"), ("stock", "Stock"))
             if name in result]
    parts.append(_exports(result, quantiles))
    if "route_arrived_monthly" in result:
        parts.append(_routes(result, quantiles))
    frame = pd.concat(parts, ignore_index=True)
    frame.insert(0, "model", f"{result.source}")
    frame.insert(1, "scenario", result.scenario)
    return frame[list(IAMC)]


def _levels(result: Result, name: str, quantiles) -> tuple[np.ndarray, pd.Index]:
    values = result[name].read()[result.done]  # [member, date, ...]
    return np.quantile(values, quantiles, axis=0), result.labels(result[name].dims[1])


def _percentile(quantile: float) -> str:
    return f"{100 * quantile:g}th Percentile"


def _series(values, dates, quantiles, region, words, unit) -> list[pd.DataFrame]:
    """One frame a quantile; none for an entity that is zero or NaN throughout. values [quantile, date]."""
    if not np.nan_to_num(values).any():
        return []
    return [pd.DataFrame({"region": region, "variable": f"{words}|{_percentile(q)}", "unit": unit, "time": dates, "value": row})
            for q, row in zip(quantiles, values)]  # fmt: skip


def _buyers(result, name, words, quantiles):
    values, dates = _levels(result, name, quantiles)
    sectors, regions, out = result.text("buyer_sector"), result.text("buyer_region"), []
    for i, buyer in enumerate(result.labels("buyer")):
        for j, product in enumerate(result.labels("product")):
            label = f"{words}|{sectors[buyer].capitalize()}|{buyer}|{product}"
            out += _series(values[:, :, i, j], dates, quantiles, regions[buyer], label, result[name].unit)
    return _joined(out)


def _exports(result, quantiles):
    values, dates = _levels(result, "exports_monthly", quantiles)
    out = []
    for i, origin in enumerate(result.labels("origin")):
        for j, to in enumerate(result.labels("destination")):
            for k, product in enumerate(result.labels("product")):
                out += _series(values[:, :, i, j, k], dates, quantiles, origin, f"Exports|To {to}|{product}", "t")
    return _joined(out)


def _routes(result, quantiles):
    values, dates = _levels(result, "route_arrived_monthly", quantiles)
    out = []
    for i, route in enumerate(result.labels("route")):
        for j, product in enumerate(result.labels("product")):
            out += _series(values[:, :, i, j], dates, quantiles, "World", f"Covert Arrivals|{route}|{product}", "t")
    return _joined(out)


def _joined(frames):
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["region", "variable", "unit", "time", "value"])


def export(results: Collection, form: str, variables=None) -> pd.DataFrame:
    """One table of every result: form "csv" (tidy) or "iamc". ValueError for another form, KeyError for a variable."""
    if form not in ("csv", "iamc"):
        raise ValueError(f"no form {form}; known: csv, iamc")
    if form == "iamc" and variables:
        raise ValueError("the IAMC layout has its own variables")
    frames = []
    for name, result in results:
        frame = tidy(result, variables) if form == "csv" else iamc(result)
        frames.append(frame.assign(scenario=name))
    return pd.concat(frames, ignore_index=True)
