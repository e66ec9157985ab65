"""Fans: how members spread over time, from the quantiles the file stores."""

import pandas as pd

from .result import Result


def fan(result: Result, variable: str, **selection) -> pd.DataFrame:
    """The stored quantiles of a variable over time.

    variable: a name ending in _q; selection: one label for every axis but quantile and time (or week).
    Returns a frame, index (date, unit), one float column a quantile (0.05, 0.25, ...), in the unit of
    the variable. Reads only these quantiles, never members: quantiles of sums cannot be had from
    quantiles, so an axis left open is a ValueError and not a sum.
    """
    data = result[variable]
    if data.dims[0] != "quantile":
        raise ValueError(f"{variable} holds no quantiles; a fan is drawn from a variable whose name ends in _q")
    open_axes = [dim for dim in data.dims[2:] if dim not in selection]
    if open_axes:
        raise ValueError(f"{variable} needs one {' and one '.join(open_axes)}: quantiles cannot be added")
    index = data.index(**selection)
    values = data.read(**selection)
    moment = data.dims[1]
    if list(index) != ["quantile", moment]:
        raise ValueError(f"{variable}: a fan takes one label an axis, not a list, and every quantile")
    rows = pd.MultiIndex.from_product([index[moment].rename("date"), pd.Index([data.unit], name="unit")])
    columns = pd.Index([round(float(q), 6) for q in index["quantile"]], name="quantile")
    return pd.DataFrame(values.T.astype(float), index=rows, columns=columns)
