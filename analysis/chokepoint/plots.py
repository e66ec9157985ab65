"""Plots. Each takes and returns a matplotlib axis (a new one when none is given); one style sheet for all."""

import pathlib

import matplotlib.dates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from . import words

STYLE = pathlib.Path(__file__).with_name("chokepoint.mplstyle")
_UNITS = {"t d-1": "t/d", "USD d-1": "USD/d", "USD kg-1": "USD/kg", "d-1": "files/d", "1": ""}


def style():
    """A context in which figures have the look of the package: `with plots.style(): ...`."""
    return plt.style.context(STYLE)


def _axis(ax):
    if ax is not None:
        return ax
    with style():
        return plt.subplots()[1]


def _label(ax, text, unit):
    unit = _UNITS.get(unit, unit)
    ax.set_ylabel(f"{text} [{unit}]" if unit and text else text or unit)


def fan(data: pd.DataFrame, ax=None, label: str = "", color=None, events: pd.DataFrame | None = None):
    """A fan of quantiles over time: median as a line, pairs of quantiles as bands.

    data: from chokepoint.fan (one result); events: rows of Result.events to mark by date.
    """
    ax = _axis(ax)
    ax.autoscale(axis="y")  # an earlier fan fixed the axis, this one may reach higher
    dates = data.index.get_level_values("date")
    unit = data.index.get_level_values("unit")[0]
    levels = list(data.columns)
    (line,) = ax.plot(dates, data[0.5] if 0.5 in levels else data[levels[len(levels) // 2]], label=label or "median", color=color)
    for low, high in zip(levels, reversed(levels)):
        if low < 0.5 < high:
            name = f"{100 * low:g} to {100 * high:g} % of members" if not label else None
            ax.fill_between(dates, data[low], data[high], color=line.get_color(), alpha=0.16, linewidth=0, label=name)
    if events is not None:
        for date in dict.fromkeys(events["date"]):
            ax.axvline(date, color="#888888", linewidth=0.8, linestyle=":")
    ax.xaxis.set_major_formatter(matplotlib.dates.ConciseDateFormatter(ax.xaxis.get_major_locator()))
    ax.set_ylim(bottom=min(0, ax.dataLim.y0))
    _label(ax, "", unit)
    ax.legend(loc="upper right")
    return ax


def _ranges(ax, labels, middle, low, high, color):
    rows = np.arange(len(labels))[::-1]
    ax.hlines(rows, low, high, color=color, linewidth=5, alpha=0.3)
    ax.plot(middle, rows, "o", color=color, markersize=5)
    ax.set_yticks(rows, labels)
    ax.grid(axis="x")
    ax.grid(visible=False, axis="y")
    return ax


def headline(data: pd.DataFrame, measure: str = "share", ax=None, most: int = 15, titles: dict | None = None):
    """Median and 5 to 95 % of members of one measure, the largest first; data: from chokepoint.headline."""
    ax = _axis(ax)
    rows = data.xs(measure, level="measure").reset_index("unit").dropna(subset=["median"])
    rows = rows.sort_values("median", ascending=False).head(most)
    unit = rows["unit"].iloc[0] if len(rows) else ""
    factor = 100 if unit == "1" else 1
    names = [(titles or {}).get(label, label) for label in rows.index]
    _ranges(ax, names, factor * rows["median"], factor * rows["low"], factor * rows["high"], "#0072B2")
    ax.set_xlabel(f"{measure.replace('_', ' ')} [{'%' if unit == '1' else unit}], median and 5 to 95 % of members")
    return ax


def difference(comparison, measure: str = "lost", ax=None, most: int = 15):
    """B minus A with the interval of the mean, of few pairs the extremes, the largest difference first; comparison: from chokepoint.compare."""
    ax = _axis(ax)
    rows = comparison.of(measure)
    rows = rows.loc[rows["mean"].abs().sort_values(ascending=False).index].head(most)
    unit = rows["unit"].iloc[0] if len(rows) else ""
    factor = 100 if unit == "1" else 1
    names = [comparison.titles.get(label, label) for label in rows.index]
    low, high = comparison.ends
    _ranges(ax, names, factor * rows["mean"], factor * rows[low], factor * rows[high], "#D55E00")
    ax.axvline(0, color="#555555", linewidth=0.8)
    note = "" if comparison.paired else ", NOT PAIRED"
    ax.set_xlabel(f"{comparison.b} minus {comparison.a} [{'points' if unit == '1' else unit}], mean and {words.ends_named(comparison)}{note}")
    return ax
